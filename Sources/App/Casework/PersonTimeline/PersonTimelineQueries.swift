import Foundation
import Postgres

extension Connection {
    /// What happened to do with a person, newest first: `limit` and no more. One statement, a short scan by an index
    /// for each kind of thing.
    func happenings(
        of person: UUID, _ asked: TimelineAsked, _ kinds: [HappeningKind], limit: Int
    ) throws -> [Happening] {
        guard let statement = Self.happenings(of: person, asked, kinds, limit: limit) else { return [] }
        return try all(statement) { row in
            let (what, first, second): (String, String, String) = (try row["what"], try row["first"], try row["second"])
            let words = HappeningWords(what, first, second)
            return Happening(
                id: try row["id"], at: try row["at"], title: words.title, by: try row["full_name"] ?? "",
                facts: words.facts, words: try row["words"], href: words.href(person: person, about: try row["about"]),
                isOfDay: ["intervention", "breach", "outcome"].contains(what))
        }
    }

    static func happenings(of person: UUID, _ asked: TimelineAsked, _ kinds: [HappeningKind], limit: Int) -> SQL? {
        let parts = kinds.flatMap { Self.parts(of: person, $0, asked, limit) }
        guard var union = parts.first else { return nil }
        for part in parts.dropFirst() { union = "\(union) UNION ALL \(part)" }
        return """
            WITH mine AS MATERIALIZED (
                SELECT ARRAY(SELECT c.id FROM app.case_record c WHERE c.person_id = \(person)) AS cases)
            SELECT h.*, a.full_name FROM (SELECT * FROM (\(union)) u ORDER BY u.at DESC, u.id DESC LIMIT \(limit)) h
            LEFT JOIN app.account a ON a.id = h.by ORDER BY h.at DESC, h.id DESC
            """
    }

    private static func parts(of person: UUID, _ kind: HappeningKind, _ asked: TimelineAsked, _ limit: Int) -> [SQL] {
        let last = asked.before ?? .end
        func part(_ columns: SQL, _ source: SQL, at: SQL, id: SQL) -> SQL {
            """
            (SELECT \(id) AS id, \(at) AS at, \(columns) FROM \(source)
             AND \(at) >= coalesce(\(asked.from), '-infinity'::timestamptz)
             AND \(at) < coalesce(\(asked.to), 'infinity'::timestamptz)
             AND (\(at), \(id)) < (\(last.at)::timestamptz, \(last.id)::uuid)
             ORDER BY \(at) DESC, \(id) DESC LIMIT \(limit))
            """
        }
        let cases: SQL = "ANY ((SELECT mine.cases FROM mine)::uuid[])"
        switch kind {
        case .contacts: return [part("""
            'contact' AS what, k.channel AS first, k.caller || ' ' || k.outcome AS second,
            concat_ws(E'\\n', k.reason, nullif(k.advice, ''), nullif(k.promised, '')) AS words, k.recorded_by AS by,
            k.id AS about
            """, "app.contact k WHERE k.person_id = \(person)", at: "k.happened_at", id: "k.id")]
        case .cases: return [
            part("m.what, o.reference AS first, '' AS second, '' AS words, m.by, o.id AS about", """
                app.case_record o CROSS JOIN LATERAL (VALUES ('opened', o.opened_at, o.opened_by),
                    ('closed', o.closed_at, NULL)) AS m(what, at, by)
                WHERE o.person_id = \(person)
                """, at: "m.at", id: "o.id"),
            part("""
                'allocated' AS what, e.summary AS first, '' AS second, '' AS words, e.by_account AS by,
                e.case_id AS about
                """, "app.timeline_event e WHERE e.kind = 'caseAllocated' AND e.case_id = \(cases)", at: "e.at",
                id: "e.id"),
        ]
        case .attempts: return [part("""
            'attempt' AS what, t.channel AS first, t.outcome || ' ' || t.rule AS second,
            concat_ws(E'\\n', nullif(t.note, ''), nullif(t.override_reason, '')) AS words, t.recorded_by AS by,
            t.case_id AS about
            """, "app.contact_attempt t WHERE t.person_id = \(person)", at: "t.happened_at", id: "t.id")]
        case .notes: return [
            part("'note' AS what, '' AS first, '' AS second, n.body AS words, n.written_by AS by, n.case_id AS about",
                 "app.case_note n WHERE n.case_id = \(cases)", at: "n.written_at", id: "n.id"),
            part("""
                'noteChanged' AS what, '' AS first, '' AS second, '' AS words, e.by_account AS by, e.case_id AS about
                """, "app.timeline_event e WHERE e.kind = 'noteChanged' AND e.case_id = \(cases)", at: "e.at",
                id: "e.id"),
        ]
        case .support: return [
            part("""
                'need' AS what, n.kind AS first, h.state || ' ' || h.version AS second,
                concat_ws(E'\\n', nullif(h.goal, ''), nullif(h.note, '')) AS words, h.recorded_by AS by,
                h.case_id AS about
                """, "app.need_change h JOIN app.need n ON n.id = h.need_id WHERE h.person_id = \(person)",
                at: "h.recorded_at", id: "h.need_id"),
            part("""
                'intervention' AS what, i.kind AS first, coalesce(i.leads_to, '') AS second, i.note AS words,
                i.recorded_by AS by, i.case_id AS about
                """, "app.intervention i WHERE i.person_id = \(person)", at: "i.happened_at", id: "i.id"),
            part("""
                'outcome' AS what, u.stage AS first, CASE WHEN u.withdrawn_at IS NULL THEN '' ELSE 'withdrawn' END
                AS second, concat_ws(E'\\n', nullif(u.own_words, ''), nullif(u.note, '')) AS words,
                u.recorded_by AS by, u.case_id AS about
                """, "app.outcome_set u WHERE u.person_id = \(person)", at: "u.taken_at", id: "u.id"),
        ]
        case .orders: return [
            part("""
                'matter' AS what, e.kind AS first, e.step || ' ' || e.version AS second,
                concat_ws(E'\\n', nullif(e.who, ''), nullif(e.reference, ''), nullif(e.words, '')) AS words,
                e.recorded_by AS by, e.case_id AS about
                """, "app.matter_entry e WHERE e.person_id = \(person)", at: "e.recorded_at", id: "e.matter_id"),
            part("""
                'order' AS what, o.kind AS first,
                h.service || ' ' || coalesce(h.until_on::text, '-') || ' ' || h.version AS second,
                concat_ws(E'\\n', nullif(h.court, ''), nullif(h.conditions, '')) AS words, h.recorded_by AS by,
                h.case_id AS about
                """, """
                app.legal_order_change h JOIN app.legal_order o ON o.id = h.order_id WHERE h.person_id = \(person)
                """, at: "h.recorded_at", id: "h.order_id"),
            part("""
                'breach' AS what, o.kind AS first, b.report AS second, b.what AS words, b.recorded_by AS by,
                b.case_id AS about
                """, "app.order_breach b JOIN app.legal_order o ON o.id = b.order_id WHERE b.person_id = \(person)",
                at: "b.happened_at", id: "b.id"),
        ]
        case .risk: return [
            part("""
                'risk' AS what, r.level || ' ' || array_to_string(r.bases, ' ') AS first,
                coalesce(r.yes_count || ' ' || r.open_count, '') AS second,
                concat_ws(E'\\n', nullif(r.rationale, ''), nullif(r.assessor, '')) AS words, r.assessed_by AS by,
                r.id AS about
                """, "app.risk_assessment r WHERE r.person_id = \(person)", at: "r.assessed_at", id: "r.id"),
            part("""
                'second' AS what, v.agreed::text AS first, '' AS second, v.reason AS words, v.decided_by AS by,
                v.risk_id AS about
                """, "app.risk_confirmation v WHERE v.person_id = \(person)", at: "v.decided_at", id: "v.risk_id"),
            part("""
                'incident' AS what, i.happened_on::text AS first, '' AS second,
                concat_ws(', ', i.reference, i.told_by) AS words, i.recorded_by AS by, NULL::uuid AS about
                """, "app.police_incident i WHERE i.person_id = \(person)", at: "i.recorded_at", id: "i.id"),
            part("""
                'marac' AS what, m.decision AS first, '' AS second, m.because AS words, m.decided_by AS by,
                NULL::uuid AS about
                """, "app.marac_decision m WHERE m.person_id = \(person)", at: "m.decided_at", id: "m.id"),
            part("""
                'maracReferral' AS what, v.is_repeat::text AS first,
                CASE WHEN v.withdrawn_at IS NULL THEN '' ELSE 'withdrawn' END AS second,
                concat_ws(E'\\n', v.reason, nullif(v.wants, '')) AS words, v.written_by AS by, v.case_id AS about
                """, "app.marac_referral v WHERE v.person_id = \(person)", at: "v.written_at", id: "v.id"),
            // Orders, their breaches and police incidents stand here as themselves.
            part("""
                'event' AS what, e.kind AS first, e.day::text AS second, e.words, e.recorded_by AS by,
                NULL::uuid AS about
                """, """
                app.risk_event e WHERE e.person_id = \(person)
                AND (e.kind IN ('separation', 'pregnancy', 'release', 'contactHearing')
                     OR e.kind = 'newIncident' AND e.words <> '')
                """, at: "e.recorded_at", id: "e.id"),
            part("""
                'setAside' AS what, e.kind AS first, e.day::text AS second, e.reason AS words, e.settled_by AS by,
                NULL::uuid AS about
                """, "app.risk_event e WHERE e.person_id = \(person) AND e.settled = 'dismissed'",
                at: "e.settled_at", id: "e.id"),
        ]
        case .plans: return [part("""
            'plan' AS what, g.kind AS first, g.version::text AS second, '' AS words, g.written_by AS by, g.id AS about
            """, "app.safety_plan g WHERE g.person_id = \(person)", at: "g.written_at", id: "g.id")]
        case .safeContact: return [part("""
            'safeContact' AS what, s.status AS first, '' AS second, '' AS words, s.recorded_by AS by, s.id AS about
            """, "app.safe_contact s WHERE s.person_id = \(person)", at: "s.asked_at", id: "s.id")]
        case .referrals: return [part("m.what, m.first, m.second, m.words, m.by, f.id AS about", """
            app.referral f CROSS JOIN LATERAL (VALUES
                ('referral', f.received_at, f.direction || ' ' || f.kind, f.source, '', f.from_account_id),
                ('answered', f.outcome_at, f.outcome, '', f.outcome_words, f.outcome_by)
            ) AS m(what, at, first, second, words, by) WHERE f.person_id = \(person)
            """, at: "m.at", id: "f.id")]
        case .tasks: return [part("""
            'task' AS what, t.kind AS first, '' AS second, t.detail AS words, t.done_by AS by, t.case_id AS about
            """, """
            app.task t WHERE (t.person_id = \(person) OR t.person_id IS NULL AND t.case_id = \(cases))
            AND t.done_at IS NOT NULL
            """, at: "t.done_at", id: "t.id")]
        }
    }
}

/// What a line says, from the closed answers that are stored.
struct HappeningWords: Sendable {
    let title: String
    let facts: String
    private let what: String

    init(_ what: String, _ first: String, _ second: String) {
        self.what = what
        let firsts = first.split(separator: " ").map(String.init)
        let seconds = second.split(separator: " ").map(String.init)
        func at(_ list: [String], _ place: Int) -> String { place < list.count ? list[place] : "" }
        switch what {
        case "contact":
            title = "Contact"
            facts = [ContactChannel(rawValue: first)?.label, CallerKind(rawValue: at(seconds, 0))?.label,
                     ContactOutcome(rawValue: at(seconds, 1))?.label].compactMap(\.self).joined(separator: ". ")
        case "opened": (title, facts) = ("Case opened", first)
        case "closed": (title, facts) = ("Case closed", first)
        case "allocated": (title, facts) = ("Case allocated", first)
        case "attempt":
            title = "Contact attempted"
            let danger = at(seconds, 1) == "overridden" ? ". Danger to life: the safe-contact rule was overridden" : ""
            let outcome = AttemptOutcome(rawValue: at(seconds, 0))?.label ?? ""
            facts = "\(AttemptChannel(rawValue: first)?.label ?? ""): \(outcome)\(danger)"
        case "note": (title, facts) = ("Note written", "")
        case "noteChanged": (title, facts) = ("Note changed", "")
        case "risk":
            title = "Risk assessed"
            let score = Int(at(seconds, 0)).map { RiskScore(yes: $0, open: Int(at(seconds, 1)) ?? 0) }
            facts = "\(RiskLevel(rawValue: at(firsts, 0))?.label ?? "") by "
                + basisWords(firsts.dropFirst().joined(separator: " ")) + (score.map { ". Score \($0.words)" } ?? "")
        case "second":
            title = "Lower grade decided by a second person"
            facts = first == "true" ? "Agreed" : "Not agreed"
        case "incident": (title, facts) = ("Police incident recorded", "Of \(Day(column: first)?.description ?? first)")
        case "marac": (title, facts) = ("MARAC decision", MaracDecision.Answer(rawValue: first)?.label ?? "")
        case "event", "setAside":
            title = what == "event" ? "Event that may change the risk" : "Review of the risk set aside"
            let day = Day(column: second)?.description ?? second
            facts = "\(RiskEventKind(rawValue: first)?.label ?? ""), \(day)"
        case "plan":
            title = "Safety plan written"
            facts = "\(PlanKind(rawValue: first)?.label ?? ""), version \(second)"
        case "safeContact":
            title = "Safe contact"
            facts = first == "asked" ? "Asked how they may be contacted" : "Not yet asked how they may be contacted"
        case "need":
            let isNew = at(seconds, 1) == "1"
            title = isNew ? "Need recorded" : "Need changed"
            facts = "\(NeedKind(rawValue: first)?.label ?? ""): \(NeedState(rawValue: at(seconds, 0))?.label ?? "")"
        case "intervention":
            title = "Support given"
            facts = InterventionKind(rawValue: first).map {
                InterventionAnswer(kind: $0, leadsTo: LeadsTo(rawValue: second)).label
            } ?? ""
        case "matter":
            let kind = MatterKind(rawValue: first)
            title = kind?.label ?? "Matter of law or rights"
            facts = kind?.step(at(seconds, 0))?.label ?? ""
        case "outcome":
            title = "Data set taken"
            facts = (OutcomeStage(rawValue: first)?.label ?? "") + (second.isEmpty ? "" : ". Withdrawn")
        case "maracReferral":
            title = "MARAC referral written"
            facts = (first == "true" ? "A repeat" : "Not a repeat") + (second.isEmpty ? "" : ". Withdrawn")
        case "order":
            title = at(seconds, 2) == "1" ? "Order recorded" : "Order changed"
            let until = Day(column: at(seconds, 1)).map { "Until \($0)" } ?? "Until further order"
            facts = [OrderKind(rawValue: first)?.label, OrderService(rawValue: at(seconds, 0))?.label, until]
                .compactMap(\.self).joined(separator: ". ")
        case "breach":
            title = "Order breached"
            facts = [OrderKind(rawValue: first)?.label, BreachReport(rawValue: second)?.label]
                .compactMap(\.self).joined(separator: ". ")
        case "referral":
            title = at(firsts, 0) == "in" ? "Referral received" : "Referral sent on"
            let source = ReferralSource(rawValue: second).map { "From: \($0.label)" }
            facts = [ReferralKind(rawValue: at(firsts, 1))?.label, source]
                .compactMap(\.self).joined(separator: ". ")
        case "answered": (title, facts) = ("Referral answered", ReferralOutcome(rawValue: first)?.label ?? "")
        default: (title, facts) = ("Task done", TaskKind(rawValue: first)?.label ?? "")
        }
    }

    func href(person: UUID, about: UUID?) -> String? {
        guard let about else { return nil }
        switch what {
        case "contact": return "/contacts/\(about.column)"
        case "risk", "second": return "/people/\(person.column)/risk/\(about.column)"
        case "referral", "answered": return "/referrals/\(about.column)"
        case "plan": return "/people/\(person.column)/plan/\(about.column)"
        case "safeContact": return nil
        case "matter": return "/cases/\(about.column)/rights"
        case "outcome": return "/cases/\(about.column)/outcomes"
        case "need", "intervention": return "/cases/\(about.column)/support"
        case "order", "breach": return "/cases/\(about.column)/orders"
        default: return "/cases/\(about.column)"
        }
    }
}

/// "the score and professional judgement", from the stored names of what a grade rests on.
func basisWords(_ stored: String) -> String {
    let bases = stored.split(separator: " ").compactMap { RiskBasis(rawValue: String($0)) }
    return bases.map(\.label).joined(separator: " and ")
}
