/// Which release this program is.
public enum Version {
    /// As the file `VERSION` has it; a test compares the two.
    public static let text = "0.2.0"
}
