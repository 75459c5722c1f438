import Foundation
import Synchronization

/// One of the programs in Helpers, installed in a folder of its own beside the assets. Each call is a process of its
/// own, which gives up what it doesn't need before it reads a word.
struct Helper: Sendable {
    /// Python's environment with what the program imports, and the program.
    let folder: String
    let script: String
    /// How long one answer may take. The proxy in front waits longer.
    var within = Duration.seconds(45)
    /// Bytes of the longest answer.
    var most: Int
    private let threads = DispatchQueue(label: "helper", qos: .utility, attributes: .concurrent)

    init(folder: String, script: String, most: Int) { (self.folder, self.script, self.most) = (folder, script, most) }

    /// Where the launcher puts what is called like this.
    static func folder(_ name: String, _ settings: Settings) -> String {
        URL(fileURLWithPath: settings.assets).deletingLastPathComponent().appendingPathComponent(name).path
    }

    private var python: String { folder + "/bin/python" }

    /// Whether it is installed. That it also works, `doctor` says.
    var isHere: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// What it answers to `words`; nil where it isn't there, takes too long, says too much, or can't. Why it can't
    /// stays unsaid: its words quote what it was given.
    func answer(to words: [UInt8]) async -> [UInt8]? {
        guard isHere else { return nil }
        let given = GivenUp()
        // -I: no module from elsewhere; -B: nothing is written beside the script.
        let process = HelperProcess(
            program: python, arguments: ["-I", "-B", folder + "/" + script], most: most, until: .now + within,
            isGivenUp: { given.up.load(ordering: .relaxed) })
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (waits: CheckedContinuation<[UInt8]?, Never>) in
                threads.async { waits.resume(returning: process.answer(to: words)) }
            }
        } onCancel: {
            given.up.store(true, ordering: .relaxed)
        }
    }

    /// The visitor has gone, or the server stops.
    private final class GivenUp: Sendable {
        let up = Atomic(false)
    }
}
