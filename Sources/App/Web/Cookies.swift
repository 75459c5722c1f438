import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The site's cookies. All are `__Host-`: secure, for this host and every path, out of reach of scripts.
enum Cookies {
    static let session = "__Host-session"
    /// A browser that has signed in before: it has its own allowance of guesses, so that nobody can lock its owner out.
    static let device = "__Host-device"
    /// Ties a form shown to nobody in particular to the browser it was shown to.
    static let form = "__Host-form"

    /// Comes and goes in one answer. Chromium shows a no-store page again behind Back, without asking the server,
    /// unless a cookie out of reach of scripts has changed since; and a page that a sign-in led to takes more than one
    /// change. Sent whenever nobody is signed in any more, so that it holds without our script too.
    static let forgettingPages = [set("__Host-left", "1"), expire("__Host-left")]

    static func read(_ request: Request) -> [String: String] {
        var found: [String: String] = [:]
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                found[parts[0].trimmingCharacters(in: .whitespaces)] = String(parts[1])
            }
        }
        return found
    }

    /// A cookie for as long as the browser is open, or for `days`.
    static func set(_ name: String, _ value: String, days: Int? = nil) -> String {
        let age = days.map { "; Max-Age=\($0 * 86_400)" } ?? ""
        return "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax\(age)"
    }

    static func expire(_ name: String) -> String {
        "\(name)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
    }
}

/// The CSRF token of a form that is shown before anybody is signed in: a keyed hash of the browser's form cookie.
enum FormToken {
    static func make(for cookie: String, _ keys: Keys) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Data(cookie.utf8), using: keys.form)).hex
    }

    static func matches(_ token: String, _ cookies: [String: String], _ keys: Keys) -> Bool {
        guard let cookie = cookies[Cookies.form], !cookie.isEmpty, token.count == 64 else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            Data(hex: token) ?? Data(), authenticating: Data(cookie.utf8), using: keys.form)
    }
}

/// Where a request comes from.
enum Client {
    /// The visitor's address: the connection's, or what our own reverse proxy says (it overwrites, never appends).
    static func address(_ request: Request, _ context: SiteContext, _ settings: Settings) -> String {
        if settings.behindProxy, let name = HTTPField.Name("X-Forwarded-For"), let told = request.headers[name] {
            return told
        }
        return context.remoteAddress?.ipAddress ?? "unknown"
    }
}
