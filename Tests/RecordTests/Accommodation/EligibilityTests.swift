import Testing
@testable import App
@testable import AppTestSupport

@Suite("Which accommodation counts under SI 2021/991")
struct EligibilityTests {
    private func verdict(
        _ kind: AccommodationKind, _ provider: ProviderClass = .charity, shares: HomeFact = .no,
        supported: HomeFact = .yes
    ) -> Eligibility { Eligibility(kind: kind, provider: provider, shares: shares, isSupported: supported) }

    @Test(arguments: AccommodationKind.allCases)
    func `every kind counts, of a provider that the rule names and with support`(_ kind: AccommodationKind) {
        for provider in [ProviderClass.localHousingAuthority, .registeredProvider, .charity] {
            #expect(verdict(kind, provider).verdict == .counts)
            // What such a provider owns or runs is no bed and breakfast, whatever is shared there.
            #expect(verdict(kind, provider, shares: .yes).verdict == .counts)
        }
    }

    @Test func `another provider's does not count, but in a sanctuary scheme, where they live in their own home`() {
        let private_ = verdict(.refuge, .other)
        #expect(private_.verdict == .doesNotCount)
        #expect(private_.reasons.count == 1)
        #expect(verdict(.refuge, .other, shares: .yes).reasons.contains { $0.contains("bed and breakfast") })
        #expect(verdict(.sanctuary, .other).verdict == .counts)
    }

    @Test func `without support it does not count, and what nobody asked is asked`() {
        #expect(verdict(.dispersed, supported: .no).verdict == .doesNotCount)
        let open = verdict(.dispersed, supported: .notKnown)
        #expect(open.verdict == .ask)
        #expect(open.reasons == ["Ask whether support comes with it"])
        #expect(verdict(.sanctuary, .other, supported: .notKnown).verdict == .ask)
    }
}
