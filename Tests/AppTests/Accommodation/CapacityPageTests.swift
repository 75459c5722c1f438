import Pages
import Testing
@testable import App

@Suite("The planner's page", .needsClone)
struct CapacityPageTests {
    private func look(
        _ query: String, as who: World.Staff = .sunita, _ check: @Sendable @escaping (Seen) throws -> Void
    ) async throws {
        try await TestSite.rolledBack { site in try check(await Browser(site, as: who).get("/capacity" + query)) }
    }

    @Test func `it says how many spaces are needed for five in a hundred, with what a year may bring`() async throws {
        try await look("?asked=yes&referrals=252&stay=113&void=&spaces=70&target=5") { seen in
            #expect(seen.text.contains("84 spaces turn away at most 5%"))
            #expect(seen.text.contains("75 to 94"))
            #expect(seen.text.contains("With 70 spaces 15.6% of 252 households a year are turned away: about 39."))
            #expect(seen.markup.all("polyline").count == 1)
            #expect(seen.markup.all("desc").first?.words.contains("15.6%") == true)
        }
    }

    @Test func `it opens on what the partnership's own units and stays say`() async throws {
        try await look("", as: .sefa) { seen in
            #expect(seen.text.contains("12 units are on record"))
            let form = try seen.form("/capacity")
            #expect(form["spaces"] == "12")
            #expect(form["void"] == "15")
            #expect(form["referrals"] == "")
        }
    }

    @Test(arguments: [
        "?asked=yes", "?asked=yes&referrals=-1&stay=0&spaces=x&target=500", "?referrals=NaN&stay=inf&spaces=1e9&target=5",
        "?asked=yes&referrals=99999999999999999999&stay=113&spaces=70&target=5",
    ])
    func `nonsense is refused beside its field, and kept`(_ query: String) async throws {
        try await look(query) { seen in
            #expect(seen.status == 422)
            #expect(!seen.errors.isEmpty)
        }
    }

    @Test func `no spaces, and far too few, are answered`() async throws {
        try await look("?asked=yes&referrals=252&stay=113&spaces=0&target=5") { seen in
            #expect(seen.text.contains("With 0 spaces 100% of 252 households"))
        }
        try await look("?asked=yes&referrals=100000&stay=3650&spaces=10000&target=1") { seen in
            #expect(seen.text.contains("20000 spaces are not enough"))
        }
    }
}
