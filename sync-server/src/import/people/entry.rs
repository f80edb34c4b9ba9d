//! A row of the people's sheet, read.

use xunan_core::id::UnitId;
use xunan_core::register::{Certificate, PostKind};
use xunan_core::target::catalogue::plain;

use crate::import::Scope;
use crate::import::problem::Fault;
use crate::import::table::Row;
use crate::import::units::{Units, level_word};
use crate::import::value::{self, Words};

pub(in crate::import) static POST_KINDS: Words<PostKind> = Words(&[
    ("党委主要负责人", PostKind::Party),
    ("主要领导", PostKind::Main),
    ("分管领导", PostKind::InCharge),
    ("一岗双责成员", PostKind::DualDuty),
    ("安监人员", PostKind::Supervisor),
    ("检查人员", PostKind::Inspector),
    ("企业主要负责人", PostKind::Principal),
    ("安全员", PostKind::SafetyOfficer),
    ("从业人员", PostKind::Worker),
    ("管理员", PostKind::Administrator),
]);

/// A row that could be read.
pub(super) struct Entry<'t> {
    pub(super) row: Row<'t>,
    pub(super) phone: String,
    pub(super) name: String,
    pub(super) unit: UnitId,
    pub(super) kind: PostKind,
    pub(super) certificate: Option<Certificate>,
}

pub(super) fn entry_of<'t>(
    row: Row<'t>,
    units: &Units,
    scope: &mut Scope<'_>,
) -> Option<Entry<'t>> {
    let name = scope.problems.required(row, "姓名").map(value::person_name);
    let phone = scope.problems.required(row, "手机号");
    let phone = phone.and_then(|text| scope.problems.take(row, "手机号", phone_number(text)));
    let kind = scope.problems.required(row, "岗位类别");
    let kind = kind.and_then(|text| scope.problems.take(row, "岗位类别", POST_KINDS.read(text)));
    let unit = units.required(row, "单位", scope);
    let certificate = certificate_of(row, scope);
    let (kind, unit) = (kind?, unit?);
    fits_level(row, kind, unit, units, scope)?;
    Some(Entry {
        row,
        phone: phone?,
        name: name?,
        unit,
        kind,
        certificate: certificate?,
    })
}

/// A mainland mobile number: 11 digits from 1 on; +86, dashes and spaces may stand in it.
///
/// # Errors
/// It is none: [`Fault::PhoneWrong`].
pub fn phone_number(text: &str) -> Result<String, Fault> {
    let words = plain(text);
    let words = words.strip_prefix("+86").unwrap_or(&words);
    let number: String = words.chars().filter(|c| *c != '-').collect();
    let is_digits = number.bytes().all(|b| b.is_ascii_digit());
    if is_digits && number.len() == 11 && number.starts_with('1') {
        return Ok(number);
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    Err(Fault::PhoneWrong { digits })
}

/// Government posts are held in government units, enterprise posts in enterprises.
fn fits_level(
    row: Row<'_>,
    kind: PostKind,
    unit: UnitId,
    units: &Units,
    scope: &mut Scope<'_>,
) -> Option<()> {
    let level = units.get(unit)?.level;
    let wanted = if kind.is_government() && !level.is_government() {
        "政府单位"
    } else if kind.is_enterprise() && level.is_government() {
        "生产经营单位"
    } else {
        return Some(());
    };
    let fault = Fault::PostNotHere {
        kind: POST_KINDS.word(kind),
        wanted,
        unit: units.name(unit),
        level: level_word(level),
    };
    scope.problems.at(row, "岗位类别", fault);
    None
}

/// 执法证号 and 证件有效期, both or neither.
fn certificate_of(row: Row<'_>, scope: &mut Scope<'_>) -> Option<Option<Certificate>> {
    let (number, expires) = match (row.filled("执法证号"), row.filled("证件有效期")) {
        (None, None) => return Some(None),
        (Some(number), Some(expires)) => (number, expires),
        (Some(_), None) => {
            let fault = Fault::HalfFilled {
                other: "证件有效期",
            };
            scope.problems.at(row, "执法证号", fault);
            return None;
        }
        (None, Some(_)) => {
            let fault = Fault::HalfFilled {
                other: "执法证号"
            };
            scope.problems.at(row, "证件有效期", fault);
            return None;
        }
    };
    let expires = scope
        .problems
        .take(row, "证件有效期", value::date(expires))?;
    let expires = value::years_later(expires, scope.shift);
    if expires < scope.today {
        scope
            .problems
            .at(row, "证件有效期", Fault::CertificateExpired);
    }
    Some(Some(Certificate {
        number: number.to_owned(),
        expires,
    }))
}
