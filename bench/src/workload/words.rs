//! Words as people write them: half set phrases of the trade, half characters drawn by a Zipf law,
//! which no compressor knows beforehand.

use super::dice::Dice;

/// Characters that are drawn from.
const CHARACTERS: usize = 2_000;

const PHRASES: [&str; 40] = [
    "安全通道堆放杂物",
    "灭火器压力不足",
    "配电箱门未上锁",
    "临时用电线路未穿管保护",
    "未按规定佩戴防护用品",
    "疏散指示标志损坏",
    "应急照明不亮",
    "消火栓被遮挡",
    "气瓶未固定",
    "危险化学品混存",
    "设备防护罩缺失",
    "接地线松动",
    "作业票未审批",
    "有限空间未设警示标志",
    "特种作业证过期",
    "班前会无记录",
    "隐患台账未更新",
    "已责令当场整改",
    "要求三日内完成整改",
    "现场负责人已签字确认",
    "安全出口锁闭",
    "防火门闭门器损坏",
    "电缆沟盖板缺失",
    "起重吊具未定期检验",
    "脚手架连墙件不足",
    "临边防护不到位",
    "粉尘清扫制度未落实",
    "除尘管道积尘",
    "可燃气体报警器未标定",
    "储罐区围堰破损",
    "叉车无年检标志",
    "楼梯间停放电动车",
    "厨房油烟管道未清洗",
    "员工宿舍设在库房上层",
    "应急预案未组织演练",
    "教育培训档案不全",
    "职业危害告知牌缺失",
    "现场检查情况良好",
    "与上次检查相比有改善",
    "资料齐全符合要求",
];

/// A text of about so many characters.
pub(super) fn text(dice: &mut Dice, length: usize) -> String {
    if dice.below(2) == 0 {
        phrases(dice, length)
    } else {
        drawn(dice, length)
    }
}

fn phrases(dice: &mut Dice, length: usize) -> String {
    let mut text = String::new();
    let mut written = 0_usize;
    while written < length {
        let phrase = PHRASES.get(dice.below(PHRASES.len())).unwrap_or(&"");
        if written > 0 {
            text.push('，');
        }
        text.push_str(phrase);
        written = text.chars().count();
    }
    text.chars().take(length).collect()
}

fn drawn(dice: &mut Dice, length: usize) -> String {
    (0..length).map(|_| character(dice)).collect()
}

/// The r-th frequent character comes 1/r as often as the first: r = N^share is that law.
fn character(dice: &mut Dice) -> char {
    let rank = (CHARACTERS as f64).powf(dice.share()) as u32;
    // Spread over the block, as frequent characters are.
    let place = rank.wrapping_mul(7_919) % 20_000;
    char::from_u32(0x4E00_u32.saturating_add(place)).unwrap_or('一')
}
