import App
import ArgumentParser
import Foundation

/// `drystone totp`
struct TotpCode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "totp", abstract: "Prints the six-digit code of now for an authenticator's secret.")

    @Argument(help: "The secret in base 32, as the demonstration prints it; - reads it from standard input.")
    var secret: String

    func run() throws {
        let typed = secret == "-" ? readLine() ?? "" : secret
        print(try TotpCommand.code(of: typed, at: Date()))
    }
}
