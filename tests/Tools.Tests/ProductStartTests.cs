namespace Tools.Tests;

/// <summary>Start faults of the stand-alone server and the showcase that depend on the user and the system.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ProductStartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duplex-start-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Server_names_a_port_that_needs_privileges()
    {
        Assert.SkipUnless(PlainUser.HasPrivilegedPorts, "Every user may listen on every port here.");
        await Tool.ShouldFailAsync(1, "http_server.port: 80 is a privileged port", [.. PlainUser.Command, .. Serve("{\"log\":{\"level\":\"error\"}}"), "--port", "80"]);
    }

    [Fact]
    public async Task Showcase_names_a_port_that_needs_privileges()
    {
        Assert.SkipUnless(PlainUser.HasPrivilegedPorts, "Every user may listen on every port here.");
        await Tool.ShouldFailAsync(1, "above 1023", [.. PlainUser.Command, Tool.Built("Showcase"), "--port", "80", "--data", _folder.FullName]);
    }

    [Fact]
    public async Task Showcase_names_a_content_folder_that_is_missing() =>
        await Tool.ShouldFailAsync(1, "There is no folder /nowhere", Tool.Built("Showcase"), "--port", "0", "--contentRoot", "/nowhere", "--data", _folder.FullName);

    [Fact]
    public async Task Server_names_a_configuration_that_it_may_not_read()
    {
        var command = Serve("{}");
        File.SetUnixFileMode(command[^1], UnixFileMode.None);
        await Tool.ShouldFailAsync(2, $"Access to the path '{command[^1]}' is denied", [.. PlainUser.Command, .. command]);
    }

    [Fact]
    public async Task Server_names_a_certificate_that_it_may_not_read()
    {
        var certificate = Path.Combine(_folder.FullName, "certificate.pem");
        await File.WriteAllTextAsync(certificate, "", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(certificate, UnixFileMode.None);
        var tls = $$$$"""{"http_server":{"tls":{"enabled":true,"cert_pem_file":"{{{{certificate}}}}","key_pem_file":"{{{{certificate}}}}"} } }""";
        await Tool.ShouldFailAsync(2, $"http_server.tls.cert_pem_file: Access to the path '{certificate}' is denied", [.. PlainUser.Command, .. Serve(tls), "--port", "0"]);
    }

    [Fact]
    public async Task Server_names_event_loops_that_the_system_forbids()
    {
        var withoutIoUring = Repository.PathOf("tests", "without-io-uring");
        await Tool.ShouldFailAsync(
            1, "http_server.event_loops: The requested event loops are not available. io_uring: io_uring_setup failed with errno 1",
            [withoutIoUring, .. Serve("""{"http_server":{"event_loops":"io_uring"}}"""), "--port", "0"]);
    }

    private string[] Serve(string configuration)
    {
        var file = Path.Combine(_folder.FullName, "config.json");
        File.WriteAllText(file, configuration);
        return [Tool.Built("Duplex.Server"), "serve", "--config", file];
    }
}
