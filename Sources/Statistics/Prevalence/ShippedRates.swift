/// The rate sets that come with the program, as the bytes of their files: inside the binary, so that it can be copied
/// anywhere by itself.
public enum ShippedRates {
    /// The one that is used when nothing else is asked for.
    public static let usual = "csew_2020"

    public static let all: [(name: String, json: [UInt8])] = [
        ("csew_2016", PackageResources.csew_2016_json), ("csew_2019", PackageResources.csew_2019_json),
        ("csew_2020", PackageResources.csew_2020_json), ("csew_2022", PackageResources.csew_2022_json),
        ("fitted_2021", PackageResources.fitted_2021_json),
    ]
}
