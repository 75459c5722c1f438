import Foundation
import Pages
import Testing
@testable import App
@testable import AppTestSupport

@Suite("An attempt to make contact, as it is typed")
struct AttemptFormTests {
    private static let now = Date(timeIntervalSince1970: 1_790_000_000)

    private func form(_ channel: String, _ outcome: String) -> (AttemptForm?, [String]) {
        var answers = Answers([
            "channel": [channel], "outcome": [outcome], "danger": ["yes"], "danger-reason": ["He is on his way"],
        ])
        let form = AttemptForm(&answers, contact: nil, now: Self.now)
        return (form, answers.errors.map(\.message))
    }

    @Test(arguments: ["text", "email", "post"])
    func `what goes in writing is replied to, not talked about`(_ channel: String) {
        #expect(form(channel, "replied").0?.outcome == .replied)
        #expect(form(channel, "spoke").1 == [
            "By text, email or post nobody spoke. If she answered, choose “She replied”",
        ])
    }

    @Test(arguments: ["telephone", "inPerson", "referrer"])
    func `whom one talks with does not reply`(_ channel: String) {
        #expect(form(channel, "spoke").0?.outcome == .spoke)
        #expect(form(channel, "replied").1 == [
            "Only a text, an email or a letter is replied to. Choose another outcome",
        ])
    }

    @Test func `a talk and a reply reach her, nothing else does`() {
        #expect(AttemptOutcome.allCases.filter(\.isContact) == [.spoke, .replied])
    }
}
