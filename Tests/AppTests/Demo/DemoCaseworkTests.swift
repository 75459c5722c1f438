import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The casework of the demonstration")
struct DemoCaseworkTests {
    private let sample = DemoSample.rutland
    /// Midnight of the sample's day, as rows write it.
    private let today = "2026-11-18 00:00:00+00"

    @Test func `everything that has happened lies before today, and some of what is due after it`() {
        for (table, column) in [
            (DemoTable.contact, "happened_at"), (.laterContact, "happened_at"), (.caseRecord, "opened_at"),
            (.caseRecord, "first_contact_at"), (.caseRecord, "closed_at"), (.riskAssessment, "assessed_at"),
            (.contactAttempt, "happened_at"), (.caseNote, "written_at"), (.timelineEvent, "at"), (.task, "done_at"),
        ] {
            #expect(sample[table].compactMap { $0[column] }.allSatisfy { $0 < today }, "\(table).\(column)")
        }
        #expect(sample[.task].contains { $0["done_at"] == nil && $0["due_at"]! > today })
        #expect(sample[.task].contains { $0["done_at"] == nil && $0["due_at"]! < today })
    }

    @Test func `the day begins at midnight in London, in summer too`() {
        #expect(rows(DemoClock(now: DemoSample.now).today) == today)
        let summer = DemoClock(now: Date(timeIntervalSince1970: 1_783_000_000))
        #expect(rows(summer.today) == "2026-07-01 23:00:00+00")
        #expect(summer.local(summer.today).minute == 0)
        #expect(summer.day(ago: 0).civil == (2026, 7, 2))
        #expect(summer.day(ago: 0).weekday == 4)
        #expect(rows(summer.moment(summer.day(ago: 180), minute: 570)).hasSuffix("09:30:00+00"))
    }

    private func rows(_ moment: DemoMoment) -> String {
        var bytes: [UInt8] = []
        moment.writeCell(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `references are numbered in the order of opening, an agency and year, and counters stand at the last`() {
        let series = Dictionary(grouping: sample[.caseRecord]) { $0["reference"]!.dropLast(6) }
        #expect(series.count > 4)
        for (name, cases) in series {
            let ordered = cases.sorted { $0["opened_at"]! < $1["opened_at"]! }.compactMap { $0["reference"] }
            #expect(ordered == ordered.sorted(), "\(name)")
            #expect(Set(ordered.compactMap { Int($0.suffix(5)) }) == Set(1...cases.count))
            #expect(ordered.allSatisfy { $0.wholeMatch(of: /[A-Z]{2,3}-\d{4}-\d{5}/) != nil })
        }
        let last = sample[.caseCounter].compactMap { $0["last"].flatMap { Int($0) } }
        #expect(last.sorted() == series.values.map(\.count).sorted())
    }

    @Test func `the first contact is due 48 clock hours after the grade, and the next due task is the case's`() {
        let tasks = Dictionary(grouping: sample[.task].filter { $0["case_id"] != nil }) { $0["case_id"]! }
        for file in sample[.caseRecord] {
            let own = tasks[file["id"]!] ?? []
            let first = own.filter { $0["kind"] == "firstContact" }
            #expect(first.count == (file["clock_started_at"] == nil ? 0 : 1))
            #expect(first.first?["started_at"] == file["clock_started_at"])
            #expect(first.first?["due_at"] == file["first_contact_due"])
            if let task = first.first { #expect(task["done_at"] == file["first_contact_at"] ?? file["closed_at"]) }
            if file["clock_started_at"] != nil { #expect(file["risk"] != "notAssessed") }
            let clocks = own.filter { $0["done_at"] == nil && ["firstContact", "contact", "review", "reassess"].contains($0["kind"]!) }
            #expect(clocks.compactMap { $0["due_at"] }.min() == file["next_due"])
            if file["closed_at"] != nil { #expect(file["next_due"] == nil) }
            #expect(own.allSatisfy { $0["owner_id"] == file["worker_id"] })
        }
    }

    @Test func `assessments add up, and the level follows the threshold of the place`() throws {
        for row in sample[.riskAssessment] where row["received_day"] == nil {
            let answers = RiskAnswer.read(row["answers"]!)
            #expect(Set(answers.keys) == Set(1...24))
            let (yes, threshold) = (answers.values.count { $0 == .yes }, Int(row["threshold"]!)!)
            #expect(Int(row["yes_count"]!) == yes)
            #expect(Int(row["open_count"]!) == answers.values.count(where: \.isOpen))
            #expect(threshold == 12 || threshold == 14)
            #expect(row["national_threshold"] == "14")
            if yes >= threshold { #expect(row["level"] == "high") }
            if row["bases"] == "{score}" { #expect(row["level"] == (yes >= threshold ? "high" : "standard")) }
            if row["bases"] != "{score}" { #expect(!row["rationale"]!.isEmpty) }
        }
        let agreed = Set(sample[.riskConfirmation].compactMap { $0["risk_id"] })
        let effective = sample[.riskAssessment].filter { $0["lowers"] == "f" || agreed.contains($0["id"]!) }
        let last = Dictionary(grouping: effective) { $0["case_id"]! }
            .mapValues { $0.max { $0["assessed_at"]! < $1["assessed_at"]! }!["level"]! }
        for file in sample[.caseRecord] { #expect(file["risk"] == last[file["id"]!] ?? "notAssessed") }
        #expect(
            sample[.riskAssessment].contains {
                $0["yes_count"] == "11" && $0["open_count"] == "3" && $0["level"] == "high"
            })
    }

    @Test func `some open cases have a safety plan, reviewed in time or not, and it fits on its sheet`() throws {
        let plans = sample[.safetyPlan]
        #expect(plans.count > 12)
        let people = Set(sample[.caseRecord].filter { $0["closed_at"] == nil }.compactMap { $0["person_id"] })
        #expect(plans.filter { $0["kind"] == "adult" }.allSatisfy { people.contains($0["person_id"]!) })
        let children = Set(sample[.childTie].compactMap { $0["child_id"] })
        #expect(plans.contains { $0["kind"] == "child" })
        #expect(plans.filter { $0["kind"] == "child" }.allSatisfy { children.contains($0["person_id"]!) })
        let current = plans.filter { $0["superseded_by"] == nil }
        #expect(current.count < plans.count)
        #expect(Set(current.map { $0["person_id"]! + $0["kind"]! }).count == current.count)
        let days = Set(current.map { $0["review_on"]! < "2026-11-18" })
        #expect(days == [true, false])
        for text in sample.sealing["safety_plan.body_sealed"] {
            let parts = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
            #expect(PlanPaper(parts) != nil && PlanPaper.telling(in: parts, name: "").isEmpty)
        }
    }

    @Test func `some received assessments come with a document that the site itself would take`() {
        let received = Set(sample[.riskAssessment].filter { $0["received_day"] != nil }.compactMap { $0["id"] })
        let documents = sample[.attachment]
        #expect((3...DemoGenerator.mostDocuments).contains(documents.count))
        #expect(documents.allSatisfy { received.contains($0["risk_id"]!) })
        #expect(Set(documents.compactMap { $0["kind"] }) == ["pdf", "png"])
        // The sealing of these tests keeps what it is given as text, which a PDF is.
        let texts = sample.sealing["attachment.content_sealed"]
        #expect(texts.count == documents.count)
        #expect(texts.filter { DocumentCheck(Array($0.utf8)) == .accepted(.pdf) }.count
            == documents.count { $0["kind"] == "pdf" })
    }

    @Test func `a lower grade has a second person, but for a few that wait; every high one asks for MARAC`() {
        let risks = Dictionary(uniqueKeysWithValues: sample[.riskAssessment].map { ($0["id"]!, $0) })
        for word in sample[.riskConfirmation] {
            let risk = risks[word["risk_id"]!]!
            #expect(risk["lowers"] == "t" && word["decided_by"] != risk["assessed_by"])
            #expect(word["decided_at"]! > risk["assessed_at"]!)
        }
        let waiting = risks.values.count { $0["lowers"] == "t" } - sample[.riskConfirmation].count
        #expect(waiting == DemoGenerator.loweringsThatWait)
        #expect(sample[.riskTask].count { $0["kind"] == "review" && $0["done_at"] == nil } == waiting)
        #expect(sample[.maracDecision].allSatisfy { risks[$0["risk_id"]!]!["level"] == "high" })
        #expect(Set(sample[.maracDecision].compactMap { $0["decision"] }) == ["referred", "repeat", "notReferred"])
        #expect(sample[.riskTask].contains { $0["kind"] == "maracDecision" && $0["done_at"] == nil })
        for row in sample[.riskAssessment] where row["bases"] == "{escalation}" {
            let since = Day(column: String(row["assessed_at"]!.prefix(10))).map(Escalation.since)!.column
            let own = sample[.policeIncident].filter { $0["person_id"] == row["person_id"] && $0["happened_on"]! >= since }
            #expect(own.count >= Escalation.incidents)
        }
        #expect(risks.values.contains { $0["received_day"] != nil && $0["instrument"] == "policeDash" })
    }

    @Test func `every closed case says how it ended, and one of high risk who agreed`() {
        let ended = sample[.caseRecord].filter { $0["closed_at"] != nil }
        let closings = Dictionary(uniqueKeysWithValues: sample[.caseClosing].map { ($0["id"]!, $0) })
        let agreed = Dictionary(uniqueKeysWithValues: sample[.closingDecision].map { ($0["closing_id"]!, $0) })
        #expect(ended.count == closings.count && ended.count > 150)
        for record in ended {
            let closing = closings[record["closing_id"] ?? ""]
            #expect(closing?["case_id"] == record["id"] && closing?["summary"] != nil)
            let second = agreed[closing?["id"] ?? ""]
            #expect((second != nil) == (closing?["risk"] == "high"))
            #expect(second == nil || second?["decided_by"] != closing?["proposed_by"])
        }
        #expect(Set(closings.values.map { $0["reason"] }).count >= 5)
    }

    @Test func `most cases that came to support say what was needed, how it stands and what was done`() {
        let cases = Dictionary(uniqueKeysWithValues: sample[.caseRecord].map { ($0["id"]!, $0) })
        let needs = Dictionary(uniqueKeysWithValues: sample[.need].map { ($0["id"]!, $0) })
        #expect(Set(needs.values.map { $0["case_id"]! + $0["kind"]! }).count == needs.count && needs.count > 200)
        #expect(Set(sample[.needChange].compactMap { $0["state"] }) == Set(NeedState.allCases.map(\.rawValue)))
        let said = Dictionary(grouping: sample[.needChange]) { $0["need_id"]! }
        for (id, need) in needs {
            let versions = said[id]!.compactMap { $0["version"].flatMap { Int($0) } }.sorted()
            #expect(versions == Array(1...Int(need["version"]!)!) && need["opened_on"] == said[id]![0]["since"])
        }
        #expect(Set(sample[.intervention].compactMap { $0["kind"] }) == Set(InterventionKind.allCases.map(\.rawValue)))
        for done in sample[.intervention] {
            let record = cases[done["case_id"]!]!
            #expect(done["recorded_at"]! >= record["first_contact_at"]!)
            #expect(done["recorded_at"]! <= record["closed_at"] ?? today)
            #expect(done["need_id"] == nil || needs[done["need_id"]!]!["case_id"] == done["case_id"])
            #expect((done["kind"] == "armyWelfare") == (done["agreed"] == "t"))
        }
    }

    @Test func `orders hold, end soon, have ended, are served or not, and some were breached while they held`() {
        let cases = Dictionary(uniqueKeysWithValues: sample[.caseRecord].map { ($0["id"]!, $0) })
        let said = Dictionary(grouping: sample[.legalOrderChange]) { $0["order_id"]! }
        #expect(sample[.legalOrder].count > 40 && Set(sample[.legalOrder].compactMap { $0["kind"] }).count >= 8)
        var open: Set<String> = []
        for order in sample[.legalOrder] {
            let changes = said[order["id"]!]!.sorted { $0["version"]! < $1["version"]! }
            #expect(changes.count == Int(order["version"]!))
            let (now, record) = (changes.last!, cases[order["case_id"]!]!)
            for one in changes {
                #expect((one["service"] == "served") == (one["served_on"] != nil))
                #expect(one["served_on"] ?? "9" >= one["made_on"]! && one["until_on"] ?? "9" >= one["from_on"]!)
                #expect(one["made_on"]! <= one["recorded_at"]!.prefix(10) && one["recorded_at"]! < today)
                #expect(one["recorded_at"]! >= record["first_contact_at"]!)
                #expect(one["recorded_at"]! <= record["closed_at"] ?? today)
            }
            if record["closed_at"] != nil { continue }
            open.insert(now["service"]!)
            let end = now["until_on"] ?? "9"
            open.insert(end < "2026-11-18" ? "ended" : end <= "2026-12-16" ? "ends soon" : "holds")
        }
        #expect(open == ["served", "notServed", "notKnown", "ended", "ends soon", "holds"])
        #expect(sample[.orderBreach].count > 10)
        for breach in sample[.orderBreach] {
            let now = said[breach["order_id"]!]!.max { $0["version"]! < $1["version"]! }!
            #expect(breach["happened_on"]! >= now["served_on"]! && breach["happened_on"]! <= now["until_on"] ?? "9")
        }
        #expect(Set(sample[.orderBreach].compactMap { $0["report"] }).count == 3)
    }

    @Test func `what moved the risk was answered, or waits in one review of its person`() {
        let all = sample[.riskEvent]
        #expect(Set(all.compactMap { $0["kind"] }) == Set(RiskEventKind.allCases.map(\.rawValue)))
        #expect(Set(all.compactMap { $0["settled"] }).isSuperset(of: ["assessed", "dismissed", "caseClosed"]))
        let reviews = sample[.riskTask].filter { $0["kind"] == "riskReview" }
        let waiting = Dictionary(grouping: all.filter { $0["settled"] == nil }) { $0["person_id"]! }
        #expect(waiting.count > 3 && Set(waiting.keys) == Set(reviews.compactMap { $0["person_id"] }))
        #expect(reviews.count == waiting.count)
        for review in reviews {
            #expect(review["due_at"] == waiting[review["person_id"]!]!.compactMap { $0["due_at"] }.min())
            #expect(review["done_at"] == nil)
        }
        for one in all {
            #expect(one["recorded_at"]! < today && one["settled_at"] ?? "0" < today)
            #expect((one["settled"] == "dismissed") == (one["reason"] != ""))
            #expect((one["kind"] == "orderEnding") == (one["order_id"] != nil))
        }
        let now = waiting.values.joined().contains { $0["proposes_on"]! <= "2026-11-18" }
        let later = waiting.values.joined().contains { $0["proposes_on"]! > "2026-11-18" }
        #expect(now && later)
    }

    @Test func `every case comes from a contact, and the timeline tells of all that happened`() {
        let openers = Set(sample[.contact].compactMap { $0["id"] })
        #expect(Set(sample[.caseRecord].compactMap { $0["contact_id"] }) == openers)
        #expect(sample[.contact].allSatisfy { $0["outcome"] == "openCase" && $0["person_id"] != nil })
        let events = Dictionary(grouping: sample[.timelineEvent]) { $0["kind"]! }.mapValues(\.count)
        #expect(events["caseOpened"] == sample[.caseRecord].count)
        #expect(events["noteWritten"] == sample[.caseNote].count)
        #expect(events["contactAttempted"] == sample[.contactAttempt].count)
        #expect(events["riskAssessed"]! + events["riskLowering"]! == sample[.riskAssessment].count)
        #expect(events["riskLowered"] == sample[.riskConfirmation].count)
        #expect(events["maracDecided"] == sample[.maracDecision].count)
        #expect(events["contactRecorded"] == sample[.laterContact].count { $0["case_id"] != nil })
        #expect(events["caseAllocated"] == sample[.caseRecord].count { $0["worker_id"] != nil })
        #expect(events["warned"] == sample[.task].count { $0["kind"] == "warning" })
        #expect(events["caseClosed"] == sample[.caseRecord].count { $0["closed_at"] != nil })
        #expect(events["planWritten"] == sample[.safetyPlan].count { $0["kind"] == "adult" })
        #expect(events["needRecorded"] == sample[.need].count)
        #expect(events["needRecorded"]! + events["needChanged"]! == sample[.needChange].count)
        #expect(events["supportGiven"] == sample[.intervention].count)
        #expect(events["orderRecorded"] == sample[.legalOrder].count)
        #expect(events["orderRecorded"]! + events["orderChanged"]! == sample[.legalOrderChange].count)
        #expect(events["orderBreached"] == sample[.orderBreach].count)
        #expect(events["letterWritten"] == sample[.letter].count)
        #expect(events["letterReleased"] == sample[.letter].count { $0["released_at"] != nil })
        let byHand = RiskEventKind.byHand.map(\.rawValue)
        #expect(events["riskEvent"] == sample[.riskEvent].count { byHand.contains($0["kind"]!) })
        #expect(events["reviewDismissed"] == sample[.riskEvent].count { $0["settled"] == "dismissed" })
        #expect(events["outcomeTaken"] == sample[.outcomeSet].count)
        #expect(events["maracReferred"] == sample[.maracReferral].count)
        #expect(events["matterRecorded"] == sample[.legalMatter].count)
        #expect(events["matterRecorded"]! + events["matterChanged"]! == sample[.matterEntry].count)
        #expect(events["housingSought"] == sample[.housingRequest].count)
        #expect(events["housingEnded"] == sample[.housingRequest].count { $0["outcome"] != nil })
        #expect(events["sanctuaryRecorded"] == sample[.sanctuary].count)
        #expect(events["sanctuaryMoved"] == sample[.sanctuaryStep].count)
        #expect(events["reciprocalAsked"] == sample[.reciprocal].count)
        #expect(events.count == 36)
    }

    @Test func `every state of a case is there: new, late, restricted, nobody's, closed`() {
        let open = sample[.caseRecord].filter { $0["closed_at"] == nil }
        #expect(open.contains { $0["worker_id"] == nil })
        #expect(open.contains { $0["restricted"] == "t" })
        #expect(
            open.contains {
                $0["first_contact_at"] == nil && $0["first_contact_due"] ?? "" > today && $0["worker_id"] != nil
            })
        #expect(open.contains { $0["first_contact_at"] == nil && $0["first_contact_due"] ?? today < today })
        #expect(open.contains { $0["risk"] == "notAssessed" })
        #expect(sample[.caseRecord].contains { $0["closed_at"] != nil && $0["first_contact_at"] == nil })
        let teams = Set(sample[.caseTeam].compactMap { $0["case_id"] })
        for file in sample[.caseRecord] where file["worker_id"] != nil { #expect(teams.contains(file["id"]!)) }
        let own = sample.generator.staff.all[DemoStaff.firstIdva].id.column
        #expect(open.count { $0["worker_id"] == own } >= 5)
    }

    @Test func `the housing officer reads what is shared with housing, while the share lasts`() {
        let housing = sample.generator.organisations.agencies[DemoOrganisations.charnwoodHousing].id.column
        let shares = sample[.caseShare].filter { $0["with_agency_id"] == housing }
        #expect(shares.count { $0["ends_at"]! > today } >= 2)
        #expect(sample[.caseShare].contains { $0["ends_at"]! < today })
        #expect(sample[.caseRecord].allSatisfy { $0["agency_id"] != housing })
    }

    @Test func `the front door hears more than those who give a name`() {
        let callers = Dictionary(grouping: sample[.laterContact]) { $0["caller"]! }
        for caller in [
            "silent", "wrongNumber", "notKnown", "thirdParty", "professional", "ownBehaviour", "harmedPerson",
        ] {
            #expect((callers[caller]?.count ?? 0) >= 5, "\(caller)")
        }
        #expect(callers["silent"]?.allSatisfy { $0["person_id"] == nil } == true)
        #expect(sample[.laterContact].contains { $0["caller"] == "harmedPerson" && $0["person_id"] == nil })
        #expect(Set(sample.contacts.compactMap { $0["channel"] }).count == 9)
    }
}
