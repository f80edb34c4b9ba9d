//! Requests that need no network: questions and commands. One line for each.

use xunan_core::code::{Code, Problem};
use xunan_core::id::DocId;
use xunan_core::record::Photo;
use xunan_core::register::PostKind;

use crate::command::one;
use crate::device::{Device, VERSION};
use crate::query::{Chosen, View};
use crate::request::{Me, Reply, Request, Rights};
use crate::store;

impl Device {
    /// Answers a question from what is here, or carries out a command; `photos` are the request's
    /// own, made ready by the host and kept.
    ///
    /// # Errors
    /// What is wrong, with a code that the screens have words for.
    pub(crate) fn call(&mut self, request: Request, photos: Vec<Photo>) -> Result<Reply, Problem> {
        match request {
            Request::Me {} => self.me_reply(),
            Request::Refused {} => self.refused_rows(),
            Request::Waiting {} => self.waiting().map(Reply::Waiting),
            Request::Opened { id } => self.opened(id).map(|()| Reply::None {}),
            Request::JoinCode { id } => self.join_code(id),
            Request::Unfiled { name } => self.unfiled(&name),
            Request::KeepUnfiled { name, content } => self.keep_unfiled(&name, content.as_deref()),
            Request::KeepPhoto { .. } => one(&photos).map(Reply::KeepPhoto),
            Request::Inspection { id } => {
                let history = self.history(id)?;
                let view = self.look(|view| view.inspection(&history))?;
                found(view).map(|view| Reply::Inspection(Box::new(view)))
            }
            Request::End { id } => {
                let history = self.history(id)?;
                let view = self.look(|view| view.end(&history))?;
                found(view).map(|view| Reply::End(Box::new(view)))
            }
            Request::Finding { id } => {
                let history = self.history(id)?;
                let view = self.look(|view| view.finding(&history))?;
                found(view).map(|view| Reply::Finding(Box::new(view)))
            }
            Request::RecordPaper { id } => self.record_paper(id),
            Request::FindingPapers { id } => {
                let history = self.history(id)?;
                let papers = self.look(|view| view.finding_papers(&history))?;
                found(papers).map(Reply::FindingPapers)
            }
            Request::Devices {} => {
                let here = self.device_id();
                self.look(|view| Reply::Devices(view.devices(here)))
            }
            Request::Dashboard { scope } => {
                let heard = store::sync_state::last_syncs(self.connection())?;
                self.look(|view| Reply::Dashboard(Box::new(view.dashboard(&scope, &heard))))
            }
            Request::VisitChange {
                row,
                month,
                officers,
            } => {
                let draft = (month, officers.as_deref());
                let view = self.look(|view| view.visit_change(row, draft))?;
                found(view).map(|view| Reply::VisitChange(Box::new(view)))
            }
            Request::Checklist { code } => {
                let list = self.look(|view| view.checklist(&code))?;
                found(list).map(|list| Reply::Checklist(Box::new(list)))
            }
            request => match self.question(request) {
                Ok(reply) => reply,
                Err(command) => self.command(*command, photos),
            },
        }
    }

    /// Questions on lists; a command is handed back.
    fn question(&mut self, request: Request) -> Result<Result<Reply, Problem>, Box<Request>> {
        let refused = store::refused::count(self.connection()).unwrap_or(0);
        let look = |device: &mut Self, ask: &dyn Fn(&View<'_>) -> Reply| device.look(ask);
        Ok(match request {
            Request::Today {} => look(self, &|view| {
                Reply::Today(Box::new(view.today_screen(refused)))
            }),
            Request::Start { near } => look(self, &|view| Reply::Start(Box::new(view.start(near)))),
            Request::Sites { query, near, limit } => {
                look(self, &|view| Reply::Sites(view.sites(&query, near, limit)))
            }
            Request::Site { site } => look(self, &|view| Reply::Site(Box::new(view.site(site)))),
            Request::Visit { site, plan } => {
                look(self, &|view| Reply::Visit(Box::new(view.visit(site, plan))))
            }
            Request::People { query, unit, limit } => look(self, &|view| {
                Reply::People(view.people(&query, unit, limit))
            }),
            Request::Members { filter } => {
                look(self, &|view| Reply::Members(view.members(&filter)))
            }
            Request::Checklists {} => look(self, &|view| Reply::Checklists(view.checklists())),
            Request::Inspections { filter } => {
                look(self, &|view| Reply::Inspections(view.inspections(&filter)))
            }
            Request::Findings { filter } => {
                look(self, &|view| Reply::Findings(view.findings(&filter)))
            }
            Request::Queue {
                group,
                filter,
                limit,
            } => {
                let refused = store::refused::open(self.connection()).unwrap_or_default();
                look(self, &|view| {
                    let chosen = Chosen::new(view.register, &filter);
                    Reply::Queue(Box::new(view.queue(&chosen, group, limit, &refused)))
                })
            }
            Request::Responsibility {} => look(self, &|view| {
                Reply::Responsibility(Box::new(view.responsibility()))
            }),
            Request::Unit { unit } => {
                look(self, &|view| Reply::Unit(Box::new(view.unit_card(unit))))
            }
            Request::Number { target, period } => {
                let number = self.look(|view| view.number(target, period.as_deref()));
                number
                    .and_then(found)
                    .map(|number| Reply::Number(Box::new(number)))
            }
            other => return self.desk_question(other),
        })
    }

    /// Questions of the desk's pages; a command is handed back.
    fn desk_question(&mut self, request: Request) -> Result<Result<Reply, Problem>, Box<Request>> {
        Ok(match request {
            Request::DeskUnits {} => self.look(|view| Reply::DeskUnits(view.desk_units())),
            Request::Plan { unit, year } => {
                self.look(|view| Reply::Plan(Box::new(view.plan_year(unit, year))))
            }
            Request::FindingTable { ask } => {
                self.look(|view| Reply::FindingTable(Box::new(view.finding_table(&ask))))
            }
            Request::InspectionTable { ask } => {
                self.look(|view| Reply::InspectionTable(Box::new(view.inspection_table(&ask))))
            }
            Request::Organisation {} => self.look(|view| Reply::Organisation(view.organisation())),
            Request::Letters { unit } => {
                self.look(|view| Reply::Letters(Box::new(view.letters_by_unit(unit))))
            }
            command => return Err(Box::new(command)),
        })
    }

    /// The record needs the findings themselves: their words as they were ordered.
    fn record_paper(&mut self, id: DocId) -> Result<Reply, Problem> {
        let history = self.history(id)?;
        let rows = self.look(|view| view.findings_of(id))?;
        let findings = rows.iter().map(|row| self.history(row.id));
        let findings = findings.collect::<Result<Vec<_>, _>>()?;
        let paper = self.look(|view| view.record_paper(&history, &findings))?;
        found(paper).map(|paper| Reply::RecordPaper(Box::new(paper)))
    }

    fn me_reply(&mut self) -> Result<Reply, Problem> {
        let (device, relay) = (self.device_id(), self.relay().to_owned());
        let stored = store::stored_bytes(self.connection())?;
        let (today, first_sync) = (self.today(), self.first_sync());
        let (person, posts, rights) = if self.me().is_some() {
            self.look(|view| (Some(view.person(view.me)), view.my_posts(), view.rights()))?
        } else {
            (None, Vec::new(), Rights::default())
        };
        Ok(Reply::Me(Box::new(Me {
            person,
            posts,
            device,
            relay,
            version: VERSION.to_owned(),
            rights,
            stored,
            first_sync,
            today,
            zone: self.zone(),
        })))
    }
}

fn found<T>(found: Option<T>) -> Result<T, Problem> {
    found.ok_or(Problem::new(Code::RecordAbsent))
}

impl View<'_> {
    /// What I may do at all: decides which tabs and buttons are offered. What I may do with one
    /// record is asked of the table of rights.
    pub(crate) fn rights(&self) -> Rights {
        let posts: Vec<_> = self.register.posts_of(self.me).collect();
        let has = |kinds: &[PostKind]| posts.iter().any(|post| kinds.contains(&post.kind));
        let orders = posts.iter().any(|post| {
            let powerful = self
                .register
                .unit(post.unit)
                .is_some_and(|unit| unit.power.is_some());
            post.kind.is_government() && powerful
        });
        let answers = has(&[PostKind::Principal, PostKind::SafetyOfficer]);
        Rights {
            inspect: posts.iter().any(|post| post.kind.is_government()),
            self_inspect: answers,
            post_check: has(&[PostKind::Worker]),
            order: orders,
            answer: answers,
            lead: has(&[PostKind::Main, PostKind::Party, PostKind::InCharge]),
            supervise: has(&[PostKind::Supervisor]),
            administer: has(&[PostKind::Administrator]),
        }
    }
}
