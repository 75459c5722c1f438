import Foundation

/// `drystone totp`.
public enum TotpCommand {
    /// The code that an authenticator with this secret shows at `time`.
    public static func code(of secret: String, at time: Date) throws(CommandFailure) -> String {
        let typed = secret.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Base32.decode(typed), bytes.count >= 10 else {
            throw CommandFailure(
                "That is not a secret: it has letters A to Z and digits 2 to 7, sixteen or more.", kind: .unreadable)
        }
        return Totp(secret: bytes).code(at: time)
    }
}
