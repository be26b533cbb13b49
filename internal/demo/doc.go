// Package demo builds the demo company 桂冠示例公司 from a fixed seed: about eighty people and two years of customers,
// deals, payments, tickets and campaigns that end today, with the article's reward plans running over them.
//
// Some things in the data are true on purpose (docs/demo.md lists them): a behaviour that drives sales, one that does
// not, one cheat, one programme that worked and one that did not. Everything goes in through the same doors that users
// have; nothing is computed here that the engine should compute.
package demo
