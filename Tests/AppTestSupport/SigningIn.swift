import Foundation
import Testing
@testable import App

extension Browser {
    /// Signs in as the site asks: password, then the authenticator's code. `later` moves the clock on first, since a
    /// code works once. `at` is the sign-in page to begin from.
    @discardableResult
    func signIn(
        _ person: World.Staff, later seconds: Double = 0, at path: String = "/sign-in",
        _ source: SourceLocation = #_sourceLocation
    ) async throws -> Seen {
        site.clock.advance(by: seconds)
        let code = try await password(of: person, at: path, source)
        #expect(code.heading == "Enter your code", sourceLocation: source)
        return try await submit(code, ["code": person.authenticator.code(at: site.clock.now)], at: source)
    }

    /// The first step only.
    func password(
        of person: World.Staff, at path: String = "/sign-in", _ source: SourceLocation = #_sourceLocation
    ) async throws -> Seen {
        try await submit(get(path, at: source), ["email": person.email, "password": person.password], at: source)
    }
}
