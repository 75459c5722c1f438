import Testing
@testable import App
@testable import AppTestSupport

@Suite("What a text would give away")
struct ReleaseGateTests {
    private let known = GateKnowledge(
        addresses: [
            .init(address: Address(lines: ["14 Willow Court", "Upper Vale"], postcode: "ZZ1 1AA"), isProtected: true,
                  whose: "the person"),
            .init(address: Address(lines: ["3 Mill Lane"], postcode: "ZZ9 4QQ"), isProtected: false, whose: "Gregor Vane"),
        ],
        safeNumbers: [.init(words: "07700 900742", whose: "the person")],
        names: [.init(words: "Gregor Vane", whose: "Gregor Vane"), .init(words: "Will Castell", whose: "Will Castell")],
        open: ["Maya Castell", "Imran Aldous"])

    private func kinds(_ text: String) -> [GateFinding.Kind] { ReleaseGate.findings(in: text, known).map(\.kind) }

    @Test(arguments: [
        "She is at 14 Willow Court now", "14,  willow\ncourt", "14 WILLOW COURT", "postcode zz11aa", "ZZ1  1AA",
    ])
    func `a protected address is found however it is written, and always goes`(_ text: String) throws {
        let findings = ReleaseGate.findings(in: text, known)
        #expect(findings.map(\.kind) == [.protectedAddress] && findings.allSatisfy(\.mustGo))
        let left = ReleaseGate.redacted(text, without: findings)
        #expect(left.contains("[withheld]") && ReleaseGate.findings(in: left, known) == [])
    }

    @Test(arguments: ["07700 900742", "07700900742", "+44 7700 900742", "(07700) 900-742"])
    func `a number under which she is safe always goes`(_ number: String) {
        #expect(kinds("Ring \(number) today") == [.protectedNumber])
    }

    @Test func `another number, address, postcode, school or email may stay if somebody says so`() {
        #expect(kinds("Ring 01632 960001") == [.telephone])
        #expect(kinds("at 7 Long Acre Road") == [.address])
        #expect(kinds("3 Mill Lane, ZZ9 4QQ") == [.address, .postcode])
        #expect(kinds("near ZZ5 5ZZ") == [.postcode])
        #expect(kinds("He goes to Saint Oswin’s Primary School") == [.school])
        #expect(kinds("write to a.b@example.org") == [.email])
        #expect(ReleaseGate.findings(in: "3 Mill Lane", known).first?.whose == "Gregor Vane")
    }

    @Test func `a name around her is found whole or half, her own is not, and a word is no name`() {
        #expect(ReleaseGate.findings(in: "Gregor Vane rang, then gregor vane", known).map(\.words)
            == ["Gregor Vane", "gregor vane"])
        #expect(kinds("What Gregor did") == [.name])
        #expect(kinds("Maya Castell and Imran Aldous will meet") == [])
        #expect(kinds("Will came too") == [.name])
        #expect(kinds("With José") == [] && kinds("Dear Maya") == [])
    }

    @Test func `what is taken out is taken out everywhere, the rest stays to the letter`() {
        let text = "Gregor rang. Gregor came to 7 Long Acre Road; 7 Long Acre Road is shut."
        let findings = ReleaseGate.findings(in: text, known)
        #expect(findings.map(\.words) == ["Gregor", "7 Long Acre Road"])
        #expect(ReleaseGate.redacted(text, without: findings)
            == "[withheld] rang. [withheld] came to [withheld]; [withheld] is shut.")
        #expect(ReleaseGate.redacted(text, without: []) == text)
    }

    @Test func `what a template leaves open is told, what was withheld is not`() {
        #expect(ReleaseGate.gaps(in: "on [day] at [time], [withheld]") == ["[day]", "[time]"])
        for template in LetterTemplate.allCases {
            let body = template.body(to: "Maya", from: "Imran")
            #expect(body.utf8.count < LetterForm.most)
            let mentions = PlanPaper.telling(in: ["body": body], name: "")
            #expect(mentions == [], "\(template) says what it is about")
        }
    }

    @Test func `a long text of nothing but near misses is read in time`() {
        let text = String(repeating: "1 a Aaaa 0 0 0 0 0 0 ZZ1 a@a ", count: 270)
        #expect(ReleaseGate.findings(in: text, known).count < 600)
    }
}
