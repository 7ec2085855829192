import ConfigurationValues
import HostSystem
import WheelProvisioning

extension BundleRequest {
    /// The cache directory of the request, with the location of the option that names it.
    func cacheFolder(_ path: LocalPath, in environment: Environment) -> CacheFolder {
        CacheFolder(
            path: path,
            place: pythonRequirements?["cacheLocation"]?.place,
            temporaryDirectory: environment.temporaryDirectory
        )
    }
}
