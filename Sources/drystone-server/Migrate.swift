import App
import ArgumentParser

/// `drystone migrate`
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings the database to this release; makes the keys of a new installation.",
        discussion: "Back up first: `./drystone migrate` of the launcher does so by itself.")

    @Option(help: ArgumentHelp("The configuration.", valueName: "file"))
    var config: String?

    @Flag(help: "Print the statements that a database administrator runs once, and do nothing.")
    var bootstrapSql = false

    @Flag(help: "Print how many migrations are waiting, and do nothing.")
    var pending = false

    func validate() throws {
        if config == nil, !bootstrapSql { throw ValidationError("migrate needs --config FILE.") }
    }

    func run() async throws {
        if bootstrapSql { return print(try Schema.bootstrap, terminator: "") }
        let settings = try Settings(file: config ?? "")
        if pending { return print(try await MigrateCommand.pending(settings).count) }
        let applied = try await MigrateCommand.run(settings)
        for name in applied { print("Applied \(name)") }
        print(applied.isEmpty ? "Nothing to do: the schema is this release's." : "The schema is this release's.")
    }
}
