package demo

import "strings"

var (
	surnames  = strings.Fields("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕")
	givenOne  = strings.Fields("伟 敏 静 磊 洋 艳 勇 杰 涛 明 超 霞 平 刚 婷 鑫 浩 宇 欣 悦 晨 睿 琪 蕾 凯 薇")
	givenTwo  = strings.Fields("子涵 思远 雨桐 志强 晓东 佳怡 文博 海燕 建国 丽华 俊杰 梦瑶 天宇 诗琪 浩然 雅婷 国栋 春梅 嘉豪 若曦 一鸣 欣怡 立群 婉清 承志 书瑶")
	places    = strings.Fields("上海 杭州 苏州 南京 宁波 广州 深圳 东莞 佛山 厦门 北京 天津 济南 青岛 石家庄 成都 重庆 昆明 贵阳 西安")
	words     = strings.Fields("启明 远航 恒信 卓越 华瑞 天成 博雅 鼎盛 联创 新源 德邦 智汇 万和 金泽 宏图 瑞丰 安达 同创 嘉业 明远 盛景 聚力 云帆 信诚 泰和 锐捷 凌云 汇通 北辰 星河")
	trades    = strings.Fields("科技 机械 电子 食品 物流 医疗 教育 家居 服饰 能源 化工 传媒 软件 建材 农业")
	endings   = strings.Fields("有限公司 股份有限公司 集团 有限责任公司")
	subjects  = strings.Fields("无法登录 发票开具 数据导入 权限设置 报表异常 合同打印 接口报错 账号开通 功能咨询 升级安排")
	campaigns = strings.Fields("春季渠道大会 数字化转型论坛 产品发布会 行业直播课 老客户回馈月 搜索投放 朋友圈投放 制造业沙龙 零售峰会 线上训练营")
)

// regionOf is the region of a place, by its index in places.
func regionOf(place int) string {
	switch {
	case place < 5:
		return "east"
	case place < 10:
		return "south"
	case place < 15:
		return "north"
	}
	return "southwest"
}

// personName is the n-th name that nobody has yet.
func personName(d dice, taken map[string]bool) string {
	for {
		name := pick(d, surnames)
		if d.chance(0.4) {
			name += pick(d, givenOne)
		} else {
			name += pick(d, givenTwo)
		}
		if !taken[name] {
			taken[name] = true
			return name
		}
	}
}

func companyName(d dice, place int) string {
	return places[place] + pick(d, words) + pick(d, trades) + pick(d, endings)
}
