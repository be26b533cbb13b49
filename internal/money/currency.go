package money

import "strings"

// currencies lists the ISO 4217 codes of circulating currencies by their minor units (list one, 2024 edition).
var currencies = map[uint8]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC " +
		"CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
		"KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR " +
		"NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT " +
		"TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

var minorUnits = func() map[string]uint8 {
	out := make(map[string]uint8)
	for units, codes := range currencies {
		for _, code := range strings.Fields(codes) {
			out[code] = units
		}
	}
	return out
}()

// symbols are the signs written before an amount; other currencies are written with their code. ¥ is the yuan here.
var symbols = map[string]string{
	"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$", "KRW": "₩", "INR": "₹",
	"SGD": "S$", "AUD": "A$", "CAD": "CA$",
}

// MinorUnits is the number of decimal places of a currency by ISO 4217; false for an unknown code.
func MinorUnits(currency string) (uint8, bool) {
	n, ok := minorUnits[currency]
	return n, ok
}
