/// Why the vault would not open something. No case carries data: errors end up in logs.
enum VaultError: Error, Equatable, Sendable {
    /// The key file's text is not `drystone-key-v1:` and 32 bytes of base64.
    case badKeyFile
    /// The value was wrapped by a master key that this ring does not hold.
    case unknownKey
    /// The wrapped key or ciphertext is altered, or belongs to another key or place.
    case refused
    /// The person's key has been destroyed on purpose; what it sealed is gone for good.
    case shredded
}
