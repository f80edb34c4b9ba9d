#!/usr/bin/env python3
"""Counts every target again, from the export alone, and compares.

    targets.py SHEETS EXPORT...

SHEETS is a folder with 单位.csv, 人员.csv, 年度检查计划.csv and 责任书目标.csv; each EXPORT a file
of lines as docs/export.md describes them (one `settings` line in all of them together).

Written from the definitions of the metrics, not from the app's code: from the events and what
their authors had seen, it works out for itself what each record says, and for each target and
period the number, the records behind it, and the points. Nothing but Python's standard library.
Prints each difference, and counts; leaves with 1 if there is one.
"""
import csv
import datetime as dt
import json
import os
import sys
from collections import defaultdict
from fractions import Fraction

DAY = 86_400_000
METRICS = {
    '年度监督检查计划完成率': 'plan_completion', '带队督查': 'leader_led', '领导带队检查': 'leader_led',
    '本人带队检查': 'leader_led', '检查记录完整率': 'records_complete', '检查生产经营单位': 'inspections',
    '参加检查': 'inspections', '辖区单位检查覆盖率': 'coverage', '排查隐患': 'findings_reported',
    '隐患按期整改率': 'rectified_on_time', '逾期未整改隐患': 'overdue', '按期复查率': 'rechecked_on_time',
    '重大隐患主要领导亲自处理率': 'major_in_person', '重大隐患当日上报率': 'major_same_day',
    '挂牌督办按期销号率': 'listed_closed_on_time', '重大隐患未销号': 'major_open',
    '企业自查': 'self_inspections', '组织自查': 'self_inspections', '岗位自查': 'post_checks',
}
FEWER = {'overdue', 'major_open'}
LEADERS = {'党委主要负责人', '主要领导', '分管领导', '一岗双责成员'}
GOVERNMENT = LEADERS | {'安监人员', '检查人员'}
ENTERPRISE = {'企业主要负责人', '安全员', '从业人员'}


# ---- days and periods -------------------------------------------------------------------------

def local_day(ms, offset=8 * 3_600_000):
    return dt.date(1970, 1, 1) + dt.timedelta(days=(ms + offset) // DAY)


def start_of(day, offset=8 * 3_600_000):
    return (day - dt.date(1970, 1, 1)).days * DAY - offset


def end_of(day):
    """The last millisecond of a day."""
    return start_of(day + dt.timedelta(days=1)) - 1


def month_end(year, month):
    year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return dt.date(year, month, 1) - dt.timedelta(days=1)


def open_until(visit):
    year, month = visit['year'], visit['month']
    return month_end(year + 1, 1) if month == 12 else month_end(year, month + 1)


class Span:
    """A period, up to now."""

    def __init__(self, label, world):
        self.label = label
        if 'Q' in label:
            year, quarter = label.split('-Q')
            months = range(int(quarter) * 3 - 2, int(quarter) * 3 + 1)
        elif '-' in label:
            year, month = label.split('-')
            months = [int(month)]
        else:
            year, months = label, range(1, 13)
        self.first = dt.date(int(year), months[0], 1)
        self.last = month_end(int(year), months[-1])
        self.today = local_day(world.now)
        self.start = max(self.first, world.counted_from or self.first)
        self.off = self.start > self.last
        self.coming = self.today < self.first
        self.running = self.first <= self.today <= self.last and not self.off
        self.moment = world.now if self.running else end_of(self.last)

    def has(self, day):
        return self.start <= day <= self.last

    def past(self, deadline):
        """The deadline's day is over, at the period's end or now."""
        return deadline < (self.today if self.running else self.last + dt.timedelta(days=1))


def labels(kind, year):
    return {'month': [f'{year}-{m:02}' for m in range(1, 13)],
            'quarter': [f'{year}-Q{q}' for q in range(1, 5)],
            'year': [str(year)]}[kind]


# ---- records ----------------------------------------------------------------------------------

class Changes:
    """Who had seen what, and the counted times, worked out from the changes alone."""

    def __init__(self, lines):
        self.past = []
        self.counted = []
        for change in lines:
            past = set()
            for dep in change['deps']:
                past |= self.past[dep] | {dep}
            self.past.append(past)
            received = change['received']
            counted = min(change['claimed'], received) if received is not None else change['claimed']
            for n in past:
                if lines[n]['by'] != change['by']:
                    counted = max(counted, self.counted[n])
            self.counted.append(counted)
            if counted != change['counted']:
                raise SystemExit(f"counted time of {change['hash']}: {change['counted']} and not {counted}")

    def saw(self, later, earlier):
        return earlier in self.past[later]


class Inspection:
    def __init__(self, line):
        self.id, self.line = line['id'], line
        changes = Changes(line['changes'])
        by = [c['by'] for c in line['changes']]
        puts = line['keys']
        events = line['events']
        of = lambda kind: [e for e in events if e['k'] == kind]
        value = lambda key: next((p['value'] for p in puts if p['key'] == key and p['visible']), None)
        self.kind, self.site = value('kind'), value('site')
        self.official = self.kind not in ('self', 'post')
        standing = [f for f in of('finished')
                    if not any(changes.saw(r['change'], f['change']) for r in of('reopened'))]
        self.finished = min((e['counted'] for e in of('finished')), default=None) if standing else None
        withdrawn = [w for w in of('withdrawn')
                     if not any(changes.saw(r['change'], w['change']) for r in of('reopened'))]
        self.withdrawn = bool(withdrawn)
        self.team = self.read_team(puts, changes, standing, self.finished)
        self.rows = {p['key'][5:] for p in puts
                     if p['key'].startswith('plan/') and p['visible'] and p['value']}
        late = lambda n: bool(standing) and not any(changes.saw(f['change'], n) for f in standing)
        binding = [p['change'] for p in puts
                   if not p['key'].startswith('team/') and not late(p['change'])]
        counts = lambda e: all(n == e['change'] or changes.saw(e['change'], n) for n in binding)
        self.signed = {e['by'] for e in of('signed') if e['as'] in ('officer', 'leader') and counts(e)}
        self.represented = (any(e['as'] == 'representative' and counts(e) for e in of('signed'))
                            or any(counts(e) for e in of('refused')))
        self.basis = value('basis') is not None
        self.by = by[0]

    @staticmethod
    def read_team(puts, changes, standing, finished):
        """Whoever left after the end, unseen by it, was there when it was finished."""
        team = {}
        after = lambda n: (finished is not None and changes.counted[n] > finished
                           and not any(changes.saw(f['change'], n) for f in standing))
        for person in {p['key'][5:] for p in puts if p['key'].startswith('team/')}:
            mine = [p for p in puts if p['key'] == 'team/' + person]
            mine = [p for p in mine if p['value'] != 'left' or not after(p['change'])]
            roles = [p['value'] for p in mine
                     if not any(changes.saw(o['change'], p['change']) for o in mine)]
            rank = {'leader': 0, 'member': 1, 'expert': 2, 'left': 3}
            role = min(roles, key=lambda r: rank[r])
            if role != 'left':
                team[person] = role
        return team

    def complete(self, world):
        day = local_day(self.finished)
        officers = [p for p, role in self.team.items()
                    if role != 'expert' and world.certificate(p) and world.certificate(p) >= day]
        return (self.basis and self.represented
                and sum(p in self.signed for p in officers) >= 2)


class Finding:
    """What a finding's events add up to."""

    def __init__(self, line, world):
        self.id, self.line, self.world = line['id'], line, world
        self.changes = Changes(line['changes'])
        puts = line['keys']
        value = lambda key: next((p['value'] for p in puts if p['key'] == key and p['visible']), None)
        self.place, self.origin = value('place'), value('origin')
        root = line['changes'][0]
        self.reporter, self.reported, self.received = root['by'], root['counted'], root['received']
        everything = line['events']
        self.settle(everything)
        sited = [e for e in self.events if e['k'] == 'sited']
        self.site = sited[-1]['site'] if sited else value('site')
        self.read_level(puts)
        self.read_duties()

    def saw(self, later, earlier):
        return self.changes.saw(later['change'], earlier['change'])

    def of(self, *kinds):
        return [e for e in self.events if e['k'] in kinds]

    def last(self, events):
        return [e for e in events if not any(self.saw(o, e) for o in events)]

    def settle(self, everything):
        """What somebody settled not to hold is out; who disagree only take away what closes."""
        self.events = everything
        last = self.last([e for e in everything if e['k'] == 'settled'])
        known = {e['id']: e for e in everything}
        named = [{i for i in s['not'] if i in known and self.saw(s, known[i])} for s in last]
        agree = all(n == named[0] for n in named)
        closing = {e['id'] for e in everything if e['k'] in ('passed', 'withdrawn', 'duplicate')
                   or (e['k'] == 'corrected_on_spot' and not self.by_enterprise(e))}
        gone = {i for n in named for i in n if agree or i in closing}
        self.events = [e for e in everything if e['id'] not in gone]

    def by_enterprise(self, event):
        return event['by'] is not None and self.world.kind(event['by']) in ENTERPRISE

    def read_level(self, puts):
        """The worse of the causally last words on the level; major only with a clause."""
        words = [(p['change'], p['value'], None) for p in puts if p['key'] == 'level']
        words += [(e['change'], e['level'], e.get('clause')) for e in self.of('graded')]
        saw = self.changes.saw
        last = [w for w in words if not any(saw(o[0], w[0]) for o in words)]
        clauses = [p for p in puts if p['key'] == 'clause']
        reported_clause = any(p['visible'] and p['value'] for p in clauses)
        majors = [w for w in last if w[1] == 'major' and (w[2] or reported_clause)]
        self.major = bool(majors)
        counted = self.changes.counted
        self.major_since = None
        if self.major:
            standing = [w for w in words if w[1] == 'major'
                        and not any(o[1] != 'major' and saw(o[0], w[0]) for o in words)]
            times = [counted[w[0]] for w in standing if w[2]]
            plain = [counted[w[0]] for w in standing if not w[2]]
            if plain and clauses:
                times.append(max(min(plain), min(counted[p['change']] for p in clauses)))
            self.major_since = min(times)
        root = 0
        self.turns = [w[0] for w in words if w[1] == 'major' and w[0] != root]
        self.turns += [p['change'] for p in clauses if p['change'] != root]

    def rectifies(self, event):
        return event['k'] == 'rectified' or (event['k'] == 'corrected_on_spot' and self.by_enterprise(event))

    def counts(self, rectified):
        return not self.major or bool(rectified.get('five'))

    def read_duties(self):
        """A failure begins the next duty; an order that had seen another order replaces it."""
        setting = self.of('ordered', 'failed')
        failures_after = {}

        def after(event):
            if event['id'] not in failures_after:
                later = [e for e in setting if self.saw(e, event) and e['k'] == 'failed']
                failures_after[event['id']] = max((after(e) + 1 for e in later), default=0)
            return failures_after[event['id']]
        groups = defaultdict(list)
        for event in setting:
            level = after(event)
            if not any(self.saw(o, event) and after(o) >= level for o in setting):
                groups[level].append(event)
        self.duties = []
        for level in sorted(groups, reverse=True):
            self.duties.append({'events': groups[level]})
        for n, duty in enumerate(self.duties):
            self.fill_duty(n, duty)

    def answers(self, event):
        for n in range(len(self.duties) - 1, -1, -1):
            if any(self.saw(event, e) for e in self.duties[n]['events']):
                return n
        return None

    def fill_duty(self, n, duty):
        mine = [e for e in self.events if self.answers(e) == n]
        declined = self.of('declined')
        apart = lambda a, b: not self.saw(a, b) and not self.saw(b, a)
        grants = [e for e in mine if e['k'] == 'granted' and not any(apart(e, d) for d in declined)]
        if n == len(self.duties) - 1:
            grants = [e for e in self.of('granted') if not any(apart(e, d) for d in declined)]
            sets = self.of('ordered', 'failed') + grants
        else:
            sets = duty['events'] + grants
        duty['deadline'] = min(dt.date.fromisoformat(e['due']) for e in self.last(sets))
        duty['began'] = min(e['counted'] for e in duty['events'])
        duty['units'] = {e.get('unit') for e in duty['events']} - {None}
        named = self.last(duty['events'] + [e for e in mine if e['k'] == 'reassigned'])
        duty['officers'] = {o for e in named for o in e.get('officers') or []}
        rectified = [e for e in mine if self.rectifies(e)]
        counting = [e for e in rectified if self.counts(e)]
        failed = self.of('failed')
        unfailed = lambda e: not any(self.saw(f, e) for f in failed)
        duty['all_rectified'] = rectified
        duty['rectified'] = min((e['counted'] for e in counting), default=None)
        passed = [e for e in mine if e['k'] == 'passed']
        kept = counting if counting else passed
        duty['kept'] = min((e['counted'] for e in kept if unfailed(e)), default=None)
        rechecks = [e for e in mine if e['k'] == 'failed']
        for e in passed:
            if counting:
                saw_it = any(self.saw(e, r) for r in counting)
                if not saw_it or self.own_work(e, rectified):
                    continue
            rechecks.append(e)
        duty['rechecked'] = min((e['counted'] for e in rechecks), default=None)

    def own_work(self, closing, rectified):
        hands = {closing['by'], *(closing.get('officers') or [])}
        return any(r['by'] in hands for r in rectified if not r.get('behalf'))

    def resting(self, moment=None):
        """What closed or withdrew it and holds: now, or as far as things had come at a moment."""
        found = []
        for event in self.of('passed', 'withdrawn', 'duplicate', 'corrected_on_spot'):
            if event['k'] == 'corrected_on_spot' and self.by_enterprise(event):
                continue
            if moment is not None and event['counted'] > moment:
                continue
            if self.holds(event, moment):
                found.append(event)
        return found

    def holds(self, event, moment):
        opening = self.of('ordered', 'failed', 'halted')
        numbers = [e['change'] for e in opening] + self.turns
        for n in numbers:
            if n == event['change'] or self.changes.saw(event['change'], n):
                continue
            # Somebody who had seen it opened again, later than the moment asked for.
            later = moment is not None and self.changes.saw(n, event['change'])
            if not later or self.changes.counted[n] <= moment:
                return False
        for halt in self.of('halted'):
            if not self.saw(event, halt):
                continue
            if not any(self.saw(r, halt) and self.saw(event, r) for r in self.of('resumed')):
                return False
        answered = self.answers(event)
        duty = self.duties[answered] if answered is not None else None
        rectified = duty['all_rectified'] if duty else []
        if self.own_work(event, rectified):
            return False
        if event['k'] == 'passed':
            return any(self.counts(r) and self.saw(event, r) for r in rectified)
        return True

    def closed(self):
        closing = [e for e in self.resting() if e['k'] in ('passed', 'corrected_on_spot')]
        return min((e['counted'] for e in closing), default=None)

    def void(self):
        kinds = {e['k'] for e in self.resting()}
        if kinds and not kinds & {'passed', 'corrected_on_spot'}:
            return 'withdrawn' if 'withdrawn' in kinds else 'duplicate'
        return None

    def on_spot(self):
        kinds = {e['k'] for e in self.resting()}
        return 'corrected_on_spot' in kinds and 'passed' not in kinds


# ---- the organisation -------------------------------------------------------------------------

def sheet(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8-sig') as file:
        return list(csv.DictReader(file))


class World:
    def __init__(self, folder, lines):
        settings = [line for line in lines if line['record'] == 'settings'][0]
        self.now = settings['now']
        counted_from = settings['counted_from']
        self.counted_from = dt.date.fromisoformat(counted_from) if counted_from else None
        self.recheck_days = settings['recheck_days']
        self.lenient = settings['unlawful_targets_allowed']
        self.units = {u['单位名称']: u for u in sheet(folder, '单位.csv')}
        self.people = {(p['姓名'], p['单位']): p for p in sheet(folder, '人员.csv')}
        self.who, self.unit_names = {}, {}
        for line in lines:
            for person, named in line.get('people', {}).items():
                self.who[person] = (named['name'], named['unit'])
            self.unit_names.update(line.get('units', {}))
        self.sites = [n for n, u in self.units.items() if u['层级'] == '生产经营单位']
        self.plan = [self.visit(n, row) for n, row in enumerate(sheet(folder, '年度检查计划.csv'))]
        self.inspections = [Inspection(line) for line in lines if line['record'] == 'inspection']
        self.findings = [Finding(line, self) for line in lines if line['record'] == 'finding']
        self.area = {name: {s for s in self.sites if self.oversees(name, s)} for name in self.units}
        self.done = [i for i in self.inspections if i.finished is not None]
        for inspection in self.done:
            inspection.day = local_day(inspection.finished)
            inspection.site_name = self.unit_names.get(inspection.site)
            inspection.units = {self.who[p][1] for p in inspection.team}
            inspection.is_complete = not inspection.official or inspection.complete(self)
        for finding in self.findings:
            finding.site_name = self.unit_names.get(finding.site)
            finding.day = local_day(finding.reported)
            finding.unit = self.who[finding.reporter][1] if finding.reporter else None
            finding.own = finding.origin == 'self'
        self.keys = self.plan_keys(lines)
        self.fulfil()

    def kind(self, person):
        return self.people[self.who[person]]['岗位类别']

    def certificate(self, person):
        text = self.people[self.who[person]]['证件有效期']
        return dt.date.fromisoformat(text) if text else None

    def oversees(self, unit, site):
        row, of_site = self.units[unit], self.units[site]
        if row['层级'] == '生产经营单位':
            return unit == site
        above, seen = of_site['上级单位（属地）'], set()
        while above and above not in seen:
            if above == unit:
                return True
            seen.add(above)
            above = self.units[above]['上级单位（属地）']
        return bool(row['全区监管职责']) or unit in of_site['行业主管部门'].split('、')

    def visit(self, n, row):
        kind = {'专项': 'special', '领导带队': 'leader_led'}.get(row['检查方式'], 'routine')
        return {'n': n, 'year': int(row['年度']), 'month': int(row['计划月份']), 'unit': row['检查单位'],
                'site': row['检查对象'], 'kind': kind, 'officers': row['检查人员'].split('、')}

    def named_in(self, visit, name, unit):
        """Whether a row names this person: in its unit, else alone in the organisation."""
        if name not in visit['officers']:
            return False
        if (name, visit['unit']) in self.people:
            return unit == visit['unit']
        return True

    @staticmethod
    def key(visit):
        return (visit['year'], visit['unit'], visit['site'], visit['month'], visit['kind'])

    def plan_keys(self, lines):
        """Row ids by what they name; only rows that some line mentions are known, the others need
        no id."""
        keys = {}
        for line in lines:
            rows = list(line.get('plan', []))
            for period in line.get('periods', []):
                items = period['counted'] + period['left_out']
                rows += [i['visit'] for i in items if 'visit' in i]
            for row in rows:
                keys[row['row']] = (row['year'], row['unit'], row['site'], row['month'], row['kind'])
        return keys

    def fulfil(self):
        """Which visits fulfilled which rows, in the order in which they were finished."""
        ids = {}
        for row, key in self.keys.items():
            ids.setdefault(key, []).append(row)
        for visit in self.plan:
            visit['by'] = None
            known = sorted(ids.get(self.key(visit), []))
            # Two rows with one key differ by id alone.
            visit['id'] = known.pop(0) if known else None
            ids[self.key(visit)] = known
        for i in self.done:
            i.planned = []
        order = [i for i in self.done if i.official and not i.withdrawn and i.kind != 'recheck']
        for i in sorted(order, key=lambda i: (i.finished, i.id)):
            here = [v for v in self.plan if v['site'] == i.site_name]
            if i.rows:
                rows = [v for v in here if v['id'] in i.rows and i.day <= open_until(v)]
            else:
                leads = any(r == 'leader' and self.kind(p) in LEADERS for p, r in i.team.items())
                fits = [v for v in here if v['kind'] == i.kind and v['unit'] in i.units
                        and (v['kind'] != 'leader_led' or leads) and v['by'] is None]
                month = [v for v in fits if (v['year'], v['month']) == (i.day.year, i.day.month)]
                before = i.day.replace(day=1) - dt.timedelta(days=1)
                last = [v for v in fits if (v['year'], v['month']) == (before.year, before.month)]
                rows = sorted(month or last, key=lambda v: v['id'] or '')[:1]
            i.planned = rows
            for v in rows:
                if i.is_complete and v['by'] is None:
                    v['by'] = i


# ---- whose, and the metrics -------------------------------------------------------------------

class Whose:
    """Whom a letter binds."""

    def __init__(self, target, world):
        self.world = world
        signer = target['signer']
        self.person = signer.get('person')
        self.unit = signer['unit']
        if self.person:
            self.kind = world.people[(self.person, self.unit)]['岗位类别']
            self.official = self.kind in GOVERNMENT
        else:
            self.kind = None
            self.official = world.units[self.unit]['层级'] != '生产经营单位'

    def is_me(self, person):
        return person is not None and self.world.who[person] == (self.person, self.unit)

    def takes_part(self, i):
        return any(map(self.is_me, i.team)) if self.person else self.unit in i.units

    def has_visit(self, visit):
        if not self.person or self.kind in ('分管领导', '安监人员'):
            return visit['unit'] == self.unit
        return self.world.named_in(visit, self.person, self.unit)

    def has_duty(self, duty):
        if not self.person or self.kind in ('分管领导', '安监人员'):
            return self.unit in {self.world.unit_names.get(u) for u in duty['units']}
        return any(map(self.is_me, duty['officers']))

    def in_area(self, f):
        if self.official and f.own:
            return False
        if self.kind == '检查人员':
            return self.is_me(f.reporter)
        if self.kind == '管理员':
            return False
        if f.site is not None:
            return f.site_name in self.world.area[self.unit]
        # A place is overseen by the units of whoever reported it and those above.
        above = f.unit
        while above:
            if above == self.unit and self.world.units[above]['层级'] != '生产经营单位':
                return True
            above = self.world.units[above]['上级单位（属地）']
        return False

    def reported(self, f):
        if self.official and f.own:
            return False
        return self.is_me(f.reporter) if self.person else f.unit == self.unit


class Number:
    """What was counted (True: as it should be), and what was left out."""

    def __init__(self):
        self.counted, self.left_out = {}, {}

    def take(self, item, good):
        self.counted[item] = good

    def leave(self, item, why):
        self.left_out[item] = why


def plan_completion(w, whose, span):
    number = Number()
    for v in w.plan:
        due = dt.date(v['year'], v['month'], 1)
        if not whose.has_visit(v) or not span.first <= due <= span.last:
            continue
        item = ('visit', w.key(v), v['id'])
        if month_end(v['year'], v['month']) < span.start:
            number.leave(item, 'before_counting')
        else:
            number.take(item, v['by'] is not None)
    return number


def leader_led(w, whose, span):
    number = Number()
    for i in w.done:
        if not i.official or not span.has(i.day):
            continue
        leaders = [p for p, role in i.team.items() if role == 'leader' and w.kind(p) in LEADERS
                   and (whose.is_me(p) if whose.person else w.who[p][1] == whose.unit)]
        if not leaders:
            continue
        why = ('withdrawn' if i.withdrawn else 'not_planned' if not i.planned
               else 'incomplete' if not i.is_complete
               else None if any(p in i.signed for p in leaders) else 'leader_not_signed')
        number.leave(('inspection', i.id), why) if why else number.take(('inspection', i.id), True)
    return number


def inspections_where(w, whose, span, wanted, good=lambda i: True):
    number = Number()
    for i in w.done:
        if not wanted(i) or not span.has(i.day) or not whose.takes_part(i):
            continue
        if i.withdrawn:
            number.leave(('inspection', i.id), 'withdrawn')
        else:
            number.take(('inspection', i.id), good(i))
    return number


def records_complete(w, whose, span):
    return inspections_where(w, whose, span, lambda i: i.official, lambda i: i.is_complete)


def inspections(w, whose, span):
    number = inspections_where(w, whose, span, lambda i: i.official)
    for i in w.done:
        item = ('inspection', i.id)
        if i.kind == 'recheck' and item in number.counted:
            del number.counted[item]
            number.leave(item, 'recheck_only')
    return number


def self_inspections(w, whose, span):
    if whose.person:
        return inspections_where(w, whose, span, lambda i: i.kind == 'self')
    number = Number()
    for i in w.done:
        if i.kind == 'self' and i.site_name == whose.unit and span.has(i.day):
            if i.withdrawn:
                number.leave(('inspection', i.id), 'withdrawn')
            else:
                number.take(('inspection', i.id), True)
    return number


def post_checks(w, whose, span):
    return inspections_where(w, whose, span, lambda i: i.kind == 'post')


def coverage(w, whose, span):
    number = Number()
    if whose.person:
        return number
    for site in w.area[whose.unit]:
        number.take(('site', site), any(
            i.site_name == site and not i.withdrawn and span.has(i.day) and whose.unit in i.units
            for i in w.done))
    return number


def findings_reported(w, whose, span):
    number = Number()
    for f in w.findings:
        if whose.reported(f) and span.has(f.day):
            why = f.void()
            number.leave(('finding', f.id), why) if why else number.take(('finding', f.id), True)
    return number


def rectified_on_time(w, whose, span):
    number = Number()
    for f in w.findings:
        if not whose.in_area(f):
            continue
        why = f.void() or ('corrected_on_spot' if f.on_spot() else None)
        due = [n for n, d in enumerate(f.duties) if span.has(d['deadline'])]
        if why or not f.duties:
            if (due if f.duties else span.has(f.day)):
                number.leave(('finding', f.id), why or 'not_ordered')
            continue
        for n in due:
            duty = f.duties[n]
            if duty['kept'] is not None and duty['kept'] <= end_of(duty['deadline']):
                number.take(('finding', f.id, n), True)
            elif span.running and duty['rectified'] is None and span.today <= duty['deadline']:
                number.leave(('finding', f.id, n), 'not_due')
            else:
                number.take(('finding', f.id, n), False)
    return number


def overdue(w, whose, span):
    number = Number()
    for f in w.findings:
        if not whose.in_area(f):
            continue
        under = [d for d in f.duties if d['began'] <= span.moment]
        if not under or f.resting(span.moment):
            continue
        duty = under[-1]
        rectified = duty['rectified'] is not None and duty['rectified'] <= span.moment
        if span.past(duty['deadline']) and not rectified:
            number.take(('finding', f.id), False)
    return number


def rechecked_on_time(w, whose, span):
    number = Number()
    for f in w.findings:
        if whose.official and f.own:
            continue
        why = f.void() or ('corrected_on_spot' if f.on_spot() else None)
        for n, duty in enumerate(f.duties):
            trigger = duty['deadline']
            if duty['rectified'] is not None:
                trigger = min(trigger, local_day(duty['rectified']))
            if not whose.has_duty(duty) or not span.has(trigger):
                continue
            limit = trigger + dt.timedelta(days=w.recheck_days)
            item = ('finding', f.id, n)
            if why:
                number.leave(item, why)
            elif span.running and span.today < limit:
                number.leave(item, 'not_due')
            else:
                done = duty['rechecked']
                number.take(item, done is not None and local_day(done) <= limit)
    return number


def major_in_person(w, whose, span):
    number = Number()
    for f in w.findings:
        if not f.major or not span.has(f.day) or not whose.in_area(f):
            continue
        acts = f.of('ordered', 'listed', 'decided', 'passed', 'failed')
        if whose.person:
            good = any(whose.is_me(e['by']) for e in acts)
        else:
            good = any(w.who[e['by']][1] == whose.unit and w.kind(e['by']) in ('主要领导', '企业主要负责人')
                       for e in acts)
        why = f.void()
        number.leave(('finding', f.id), why) if why else number.take(('finding', f.id), good)
    return number


def major_same_day(w, whose, span):
    number = Number()
    for f in w.findings:
        if not f.major or not span.has(f.day) or not whose.reported(f):
            continue
        limit = max(end_of(f.day), f.reported + DAY)
        if f.void():
            number.leave(('finding', f.id), f.void())
        elif f.received is None and w.now <= limit:
            number.leave(('finding', f.id), 'not_received')
        else:
            number.take(('finding', f.id), f.received is not None and f.received <= limit)
    return number


def listed_closed_on_time(w, whose, span):
    number = Number()
    for f in w.findings:
        if whose.official and f.own:
            continue
        listed = [e for e in f.of('listed') if
                  (whose.is_me(e['by']) if whose.person else w.unit_names.get(e.get('unit')) == whose.unit)]
        if not listed:
            continue
        item, why = ('finding', f.id), f.void()
        if not f.duties:
            if span.has(f.day):
                number.leave(item, why or 'not_ordered')
        elif span.has(f.duties[-1]['deadline']):
            if why:
                number.leave(item, why)
            else:
                closed = f.closed()
                number.take(item, closed is not None and closed <= end_of(f.duties[-1]['deadline']))
    return number


def major_open(w, whose, span):
    number = Number()
    for f in w.findings:
        if not f.major or f.major_since > span.moment or f.reported > span.moment or not whose.in_area(f):
            continue
        resting = {e['k'] for e in f.resting(span.moment)}
        if not resting:
            number.take(('finding', f.id), False)
        elif not resting & {'passed', 'corrected_on_spot'}:
            number.leave(('finding', f.id), 'withdrawn' if 'withdrawn' in resting else 'duplicate')
    return number


def value_of(metric, number):
    good, of = sum(number.counted.values()), len(number.counted)
    rates = {'plan_completion', 'records_complete', 'coverage', 'rectified_on_time', 'rechecked_on_time',
             'major_in_person', 'major_same_day', 'listed_closed_on_time'}
    if metric not in rates:
        return {'count': of}, Fraction(of)
    if of:
        return {'good': good, 'of': of}, Fraction(100 * good, of)
    if metric in ('plan_completion', 'coverage'):
        return None, None
    return None, Fraction(100)


def points_of(target, metric, value):
    goal, weight, rule = Fraction(target['goal']), Fraction(target['weight']), target['rule']
    fewer = metric in FEWER
    reached = value <= goal if fewer else value >= goal
    if rule == 'all_or_nothing':
        return weight if reached else Fraction(0)
    if rule == 'proportional':
        if reached:
            return weight
        return weight * (goal / value if fewer else value / goal)
    each = Fraction(rule.split()[1])
    off = max(Fraction(0), value - goal if fewer else goal - value)
    return max(Fraction(0), weight - off * each)


def unlawful(metric, official):
    return metric == 'inspections' or (metric == 'findings_reported' and official)


# ---- comparing --------------------------------------------------------------------------------

def item_key(item):
    if 'visit' in item:
        v = item['visit']
        return ('visit', (v['year'], v['unit'], v['site'], v['month'], v['kind']), v['row'])
    if 'site' in item:
        return ('site', item['site'])
    if 'inspection' in item:
        return ('inspection', item['inspection'])
    return ('finding', item['finding'], item['duty']) if 'duty' in item else ('finding', item['finding'])


def check_sheet(world, targets, folder, say):
    """Every line of the sheet is a target of the export, with the same words and numbers."""
    wanted = sheet(folder, '责任书目标.csv')
    kinds = {'月': 'month', '季': 'quarter', '年': 'year'}
    have = {(t['signer'].get('person') or t['signer']['unit'], t['signer']['unit'], t['name'], t['issuer']): t
            for t in targets}
    for row in wanted:
        unit = row['所在单位'] or row['签订单位（人）']
        target = have.get((row['签订单位（人）'], unit, row['指标'], row['签发单位']))
        if target is None:
            say(f'no target for {dict(row)}')
            continue
        rule = {'按比例得分': 'proportional', '全有或全无': 'all_or_nothing'}.get(row['评分规则'])
        rule = rule or 'deduct ' + ''.join(c for c in row['评分规则'] if c.isdigit())
        same = (Fraction(row['目标值']) == Fraction(target['goal']) and kinds[row['周期']] == target['period']
                and Fraction(row['分值']) == Fraction(target['weight']) and rule == target['rule']
                and (row['一票否决'] == '是') == target['veto']
                and METRICS.get(row['指标'].split('（')[0]) in (target['metric'], None))
        if not same:
            say(f'target differs from its line: {dict(row)} {target["name"]}')
    if len(wanted) != len(targets):
        say(f'{len(wanted)} lines of targets, {len(targets)} exported')


def check_target(world, target, say):
    where = f"{target['signer']} {target['name']}"
    metric = METRICS.get(target['name'].split('（')[0])
    whose = Whose(target, world)
    got = {p['period']: p for p in target['periods']}
    of_year, numbers = [], 0
    for label in labels(target['period'], target['year']):
        span = Span(label, world)
        period = got.pop(label, None)
        if span.coming and not span.off:
            if period is not None:
                say(f'{where} {label}: still to come, and exported')
            continue
        if period is None:
            say(f'{where} {label}: not exported')
            continue
        numbers += 1
        if metric is None:
            if period['standing'] != 'not_counted' or period['value'] or period['points']:
                say(f'{where} {label}: counted without records: {period["standing"]}')
            continue
        if span.off:
            if period['standing'] != 'not_started':
                say(f'{where} {label}: counting had not begun: {period["standing"]}')
            continue
        number = globals()[metric](world, whose, span)
        value, exact = value_of(metric, number)
        points = None
        if exact is not None and not (unlawful(metric, whose.official) and not world.lenient):
            below = metric == 'leader_led' and exact < Fraction(target['goal'])
            points = None if below else points_of(target, metric, exact)
        if points is not None and not span.running:
            of_year.append(points)
        compare(f'{where} {label}', period, number, (value, points), say)
        check_standing(f'{where} {label}', period, target, (metric, exact, span), say)
    for label in got:
        say(f'{where}: no such period {label}')
    mean = sum(of_year) / len(of_year) if of_year else None
    said = fraction(target['points'])
    if mean != said:
        say(f'{where}: points of the year {said} and not {mean}')
    return numbers


def fraction(pair):
    return None if pair is None else Fraction(int(pair[0]), int(pair[1]))


def compare(where, period, number, expected, say):
    value, points = expected
    if period['value'] != value:
        say(f'{where}: {period["value"]} and not {value}')
    if fraction(period['points']) != points:
        say(f'{where}: points {fraction(period["points"])} and not {points}')
    said = {item_key(i): i['good'] for i in period['counted']}
    whole = value is not None and 'count' in value
    for item in said.keys() | number.counted.keys():
        mine, theirs = number.counted.get(item), said.get(item)
        if (mine is None) != (theirs is None) or (not whole and mine != theirs):
            say(f'{where}: {item} counted {theirs} and not {mine}')
    said = {item_key(i): i['why'] for i in period['left_out']}
    for item in said.keys() | number.left_out.keys():
        if said.get(item) != number.left_out.get(item):
            say(f'{where}: {item} left out {said.get(item)} and not {number.left_out.get(item)}')


def check_standing(where, period, target, judged, say):
    metric, exact, span = judged
    standing = period['standing']
    if exact is None:
        allowed = {'not_applicable'}
    elif period['value'] is None:
        allowed = {'met_by_nothing'}
    else:
        goal = Fraction(target['goal'])
        reached = exact <= goal if metric in FEWER else exact >= goal
        if reached:
            allowed = {'reached'}
        elif metric == 'leader_led':
            allowed = {'not_counted'}
        else:
            allowed = {'running', 'out_of_reach'} if span.running else {'missed'}
    if standing not in allowed:
        say(f'{where}: stands {standing} and not {allowed}')


def main():
    folder, files = sys.argv[1], sys.argv[2:]
    lines = []
    for name in files:
        with open(name, encoding='utf-8') as file:
            lines += [json.loads(line) for line in file if line.strip()]
    world = World(folder, lines)
    targets = [line for line in lines if line['record'] == 'target']
    differences = []
    check_sheet(world, targets, folder, differences.append)
    numbers = sum(check_target(world, target, differences.append) for target in targets)
    for line in differences[:60]:
        print(line)
    nonzero = sum(1 for t in targets for p in t['periods'] if p['counted'])
    print(f'{len(world.inspections)} inspections, {len(world.findings)} findings, {len(targets)} targets, '
          f'{numbers} numbers ({nonzero} with records): {len(differences)} differences')
    sys.exit(1 if differences or not targets else 0)


if __name__ == '__main__':
    main()
