import Foundation
import Pages
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Breaches, requests and complaints: their rules")
struct DataMatterRuleTests {
    private static let now = Date(timeIntervalSince1970: 1_795_003_200)

    private func matter(
        _ kind: DataMatterKind, since: Date = Self.now.addingTimeInterval(-3_600), _ steps: [(String, Set<String>)] = []
    ) -> DataMatter {
        let id = UUID()
        let due = DataClock.first(kind, since: since)
        return DataMatter(
            line: DataMatterLine(
                id: id, kind: kind, agency: "", since: since, step: kind.first, due: due, restricts: false, endedAt: nil,
                by: "", recordedAt: since),
            agency: UUID(), subject: id, told: DataWords(), version: steps.count,
            steps: steps.enumerated().map { index, one in
                DataMatterStep(
                    number: index + 1, step: one.0, happenedAt: since, reference: "", facts: one.1, told: DataWords(),
                    recordedAt: since, by: "")
            })
    }

    private func day(_ moment: Date) -> Day { London.day(of: moment) }

    @Test func `a breach has 72 hours, a right a calendar month, a complaint 30 days to be acknowledged`() throws {
        let since = Self.now
        #expect(DataClock.first(.breach, since: since) == since.addingTimeInterval(72 * 3_600))
        let received = try #require(Day(year: 2026, month: 1, day: 31).flatMap { London.moment($0, minute: 0) })
        #expect(day(DataClock.first(.erasure, since: received)).column == "2026-02-28")
        #expect(day(DataClock.first(.complaint, since: received)).column == "2026-03-02")
        let longer = try #require(DataMatterKind.erasure.steps.first { $0.code == "extended" })
        let request = matter(.erasure, since: received)
        let due = try #require(DataClock.next(longer, of: request, facts: [], day: nil))
        #expect(day(due).column == "2026-04-30")
    }

    @Test func `a subject access request has its month from when it is known who asks, and two more from there`() throws {
        let received = try #require(Day(year: 2026, month: 1, day: 20).flatMap { London.moment($0, minute: 0) })
        let known = try #require(Day(year: 2026, month: 1, day: 31).flatMap { London.moment($0, minute: 0) })
        #expect(day(DataClock.first(.access, since: received)).column == "2026-02-20")
        let steps = DataMatterKind.access.steps
        let identified = try #require(steps.first { $0.code == "identified" })
        let request = matter(.access, since: received)
        let due = try #require(DataClock.next(identified, of: request, facts: [], day: nil, happened: known))
        #expect(day(due).column == "2026-02-28")
        let longer = try #require(steps.first { $0.code == "extended" })
        let later = try #require(DataClock.next(longer, of: matter(.access, since: known, [("identified", [])]), facts: [],
                                                day: nil))
        #expect(day(later).column == "2026-04-30")
        // Whoever asks is decided on for every request, before anything is put together, and extended once.
        #expect(request.missingForPack != nil)
        #expect(matter(.access, [("identified", [])]).missingForPack != nil)
        let decided = matter(.access, [("identified", []), ("intercept", ["alleged"]), ("extended", [])])
        #expect(decided.missingForPack == nil && decided.isAlleged)
        #expect(Set(decided.offered.map(\.code)).isDisjoint(with: ["extended", "released", "identified"]))
        #expect(matter(.police, [("identified", [])]).missingForPack == nil)
    }

    @Test func `an order, the police and a review bring a day of their own`() throws {
        var answers = Answers([
            "kind": ["courtOrder"], "who": ["A court"], "words": ["The notes"], "reach": ["By post"],
            "capacity": ["Order 12"], "received-day": ["22"], "received-month": ["11"], "received-year": ["2026"],
        ])
        let (agency, today) = (UUID(), try #require(Day(year: 2026, month: 11, day: 22)))
        let bare = DataRequestForm(&answers, agencies: [agency], today: today)
        #expect(bare == nil && answers.errors.map(\.field) == ["answer"])
        answers = Answers(answers.typed)
        answers.setDay("answer", today.adding(14))
        #expect(DataRequestForm(&answers, agencies: [agency], today: today)?.due == today.adding(14))
    }

    @Test(arguments: [
        (-30.0, "Overdue by less than an hour"), (-3_700, "Overdue by 1 hour"), (3_600 * 5, "5 hours left"),
        (86_400 + 3_600 * 2, "1 day and 2 hours left"), (86_400 * 12, "12 days left"), (60, "Less than an hour left"),
    ] as [(Double, String)])
    func `the time that is left is said in words`(_ seconds: Double, _ words: String) {
        #expect(DataClock.words(Self.now.addingTimeInterval(seconds), at: Self.now) == words)
    }

    @Test func `nothing is closed before it is assessed, contained, told or not told, and a danger is always told`() {
        func offered(_ steps: [(String, Set<String>)]) -> Set<String> { Set(matter(.breach, steps).offered.map(\.code)) }
        #expect(offered([]) == ["assessed", "contained", "done"])
        #expect(!offered([("assessed", ["likely"])]).contains("icoNot"))
        #expect(offered([("assessed", ["unlikely"])]).isSuperset(of: ["icoTold", "icoNot", "peopleTold", "peopleNot"]))
        let told: [(String, Set<String>)] = [("assessed", ["unlikely"]), ("contained", []), ("icoNot", [])]
        #expect(!offered(told).contains("closed"))
        let all: [(String, Set<String>)] = [
            ("assessed", ["unlikely"]), ("contained", []), ("icoNot", []), ("peopleNot", []),
        ]
        #expect(offered(all).contains("closed"))
        // A danger that turns out later is told after all, and the clock is the first one.
        let worse: [(String, Set<String>)] = [("assessed", ["unlikely"]), ("icoNot", []), ("assessed", ["high"])]
        #expect(offered(worse).contains("icoTold"))
        let again = matter(.breach, told)
        let assessed = DataMatterKind.breach.steps[0]
        #expect(DataClock.next(assessed, of: again, facts: ["high"], day: nil) == again.icoDue)
        let restriction = Set(matter(.restriction, [("inForce", [])]).offered.map(\.code))
        #expect(restriction.contains("lifted") && restriction.isDisjoint(with: ["inForce", "granted", "refused", "extended"]))
    }

    @Test func `told late needs the reasons`() throws {
        let late = matter(.breach, since: Self.now.addingTimeInterval(-100 * 3_600), [("assessed", ["high"])])
        let step = try #require(late.offered.first { $0.code == "icoTold" })
        var answers = Answers(["words": ["All of it"], "reference": ["IC-1"], "happened-time": ["00:05"]])
        answers.setDay("happened", London.day(of: Self.now))
        let refused = DataStepForm(&answers, step, of: late, now: Self.now)
        #expect(refused == nil)
        #expect(answers.errors.map(\.field) == ["delay"])
        answers = Answers(answers.typed)
        answers.set("delay", "Nobody saw it over the weekend")
        let form = DataStepForm(&answers, step, of: late, now: Self.now)
        #expect(form?.due == nil && form?.told.delay == "Nobody saw it over the weekend")
    }

    @Test func `every step and kind can be stored, and every kind of record has words of our own`() {
        for kind in DataMatterKind.allCases {
            #expect(Set(kind.steps.map(\.code)).count == kind.steps.count)
            for step in kind.steps {
                #expect(step.code.allSatisfy { $0.isASCII && $0.isLetter } && step.code.count <= 40)
                let known = Set((kind.steps + DataMatterKind.restriction.steps).map(\.code))
                #expect(known.isSuperset(of: step.after.flatMap(\.self)) && known.isSuperset(of: step.notAfter))
            }
        }
        for type in RecordType.allCases {
            let words = type.defaults
            #expect(!words.bases.isEmpty && !words.conditions.isEmpty && !words.criminal.isEmpty)
            for text in ProcessingWords.texts {
                #expect((1...ProcessingWords.most.text).contains(words[keyPath: text.path].count))
            }
        }
    }

    @Test func `a public notice of ours says nothing of what the service is for, and staff are told of the matching`() {
        let telling = [
            "abuse", "violen", "victim", "survivor", "perpetrator", "refuge", "idva", "marac", "dash", "domestic", "helpline",
        ]
        for audience in Audience.allCases {
            let text = (audience.defaultText + audience.publicLabel).lowercased()
            #expect(telling.filter(text.contains) == [], "\(audience)")
            #expect(audience.defaultText.count <= NoticeForm.most)
            #expect(audience.defaultText.contains("Information Commissioner"))
        }
        #expect(Audience.staff.defaultText.contains("sealed from you") && Audience.staff.defaultText.contains("silently"))
    }
}
