import App
import ArgumentParser
import Logging

/// `drystone serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves a partnership until told to stop.",
        discussion: "Prints one line, `ready ADDRESS`, on standard output. Logs are lines of JSON on standard error.")

    @OptionGroup var file: ConfigurationFile

    func run() async throws {
        LoggingSystem.bootstrap { LineLog(label: $0) }
        try await ServeCommand.run(file.settings(), logger: Logger(label: "drystone"))
    }
}
