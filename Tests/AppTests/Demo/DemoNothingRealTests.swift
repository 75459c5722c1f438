import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Nothing in the demonstration belongs to anybody")
struct DemoNothingRealTests {
    private let sample = DemoSample.rutland

    /// Ofcom's numbers for drama: mobile, Leicester, no area.
    private static func isDrama(_ number: String) -> Bool {
        number.wholeMatch(of: /07700 900\d{3}|0116 496 0\d{3}|01632 960\d{3}/) != nil
    }

    @Test func `telephone numbers are those that Ofcom keeps for drama`() throws {
        let phones = sample.sealing["person_phone.number_sealed"]
        let details = try sample.sealing["safe_contact.detail_sealed"].map {
            try JSONDecoder().decode(SafeContactDetail.self, from: Data($0.utf8)).number
        }
        #expect(phones.count > 500)
        #expect(details.count > 300)
        #expect(phones.allSatisfy(Self.isDrama))
        #expect(details.allSatisfy { $0.isEmpty || Self.isDrama($0) })
        #expect(sample.sealing["token.phone"] == phones)
    }

    @Test func `postcodes lie in no postal area`() throws {
        let addresses = try sample.sealing["person_address.address_sealed"].map {
            try JSONDecoder().decode(DemoAddress.self, from: Data($0.utf8))
        }
        #expect(addresses.count > 500)
        #expect(addresses.allSatisfy { $0.postcode.wholeMatch(of: /Q[LZ]\d{1,2} \d[A-Z]{2}/) != nil })
        #expect(addresses.allSatisfy { (2...3).contains($0.lines.count) })
        #expect(sample.sealing["token.postcode"] == addresses.map(\.postcode))
    }

    @Test func `e-mail addresses are of example.org, one for each`() {
        let emails = sample[.account].compactMap { $0["email"] }
        #expect(emails.allSatisfy { $0.wholeMatch(of: /[a-z.-]+@example\.org/) != nil })
        #expect(Set(emails).count == emails.count)
    }

    @Test func `no text holds anything like a telephone number, a postcode or an address of the web`() {
        let texts =
            sample.contacts.flatMap { [$0["reason"], $0["advice"], $0["promised"]] }.compactMap { $0 }
            + sample[.caseNote].compactMap { $0["body"] } + sample[.contactAttempt].compactMap { $0["note"] }
            + sample[.riskAssessment].compactMap { $0["rationale"] } + sample[.riskDirection].compactMap { $0["reason"] }
        #expect(
            texts.allSatisfy { $0.firstMatch(of: /\d{5,}|\d{4} \d{3}|[A-Z]{1,2}\d{1,2} \d[A-Z]{2}|@|www\./) == nil })
    }

    @Test func `nobody bears the full name of anybody in the source documents`() {
        let people = sample[.personName].map {
            DemoName(given: $0["given_name"] ?? "", family: $0["family_name"] ?? "")
        }
        let staff =
            sample.generator.staff.all.map(\.name)
            + DemoStaff(DemoSize.large.volumes.staff, clock: sample.generator.clock).all.map(\.name)
        for name in people + staff {
            #expect(!name.mustNotOccur, "\(name)")
            #expect(!DemoName(given: name.family, family: name.given).mustNotOccur, "\(name)")
        }
        #expect(DemoName.avoided.count > 100)
    }

    @Test func `names are compared without regard to case, marks and spaces`() {
        let written = DemoName(given: "Zoë", family: "O'Hara-Lee").fingerprint
        #expect(written == DemoName(given: "ZOE", family: "OHara Lee").fingerprint)
        #expect(written != DemoName(given: "Zoë", family: "O'Hara").fingerprint)
    }

    @Test func `what may be invented avoids those names whichever way the dice fall`() {
        for number in 0..<3_000 {
            var dice = DemoDice(.staff, 1_000_000 + number)
            let group = DemoEthnicity.groups[number % DemoEthnicity.groups.count]
            let heritages = DemoEthnicity.heritages(of: group, &dice)
            let name = DemoName.invented(heritages, female: number % 2 == 0, bornIn: 1935 + number % 75, &dice)
            #expect(!name.mustNotOccur)
            #expect(!name.given.isEmpty && !name.family.isEmpty)
            #expect(!name.misspelt(&dice).mustNotOccur)
        }
    }
}
