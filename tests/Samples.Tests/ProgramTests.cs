namespace Samples.Tests;

/// <summary>The samples without a page.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task Engine_client_hears_its_messages_from_the_engine_server()
    {
        await using var server = await Sample.StartAsync("EngineServer");

        var (exitCode, output) = await Sample.RunAsync("EngineClient", WebSocket(server, "/echo"), "Hello", "again");

        Assert.Equal(0, exitCode);
        Assert.Equal(["Hello", "again"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Engine_server_counts_and_closes()
    {
        await using var server = await Sample.StartAsync("EngineServer");

        var (exitCode, output) = await Sample.RunAsync("EngineClient", WebSocket(server, "/count"));

        Assert.Equal(0, exitCode);
        Assert.Equal(["1", "2", "3"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Engine_client_ends_with_1_when_nobody_listens()
    {
        // Port 1 (tcpmux) is served nowhere.
        var (exitCode, output) = await Sample.RunAsync("EngineClient", "ws://127.0.0.1:1/echo");

        Assert.Equal((1, ""), (exitCode, output));
    }

    [Fact]
    public async Task Handler_tests_pass()
    {
        var (exitCode, output) = await Sample.RunAsync("HandlerTests", "-noLogo", "-noColor");

        Assert.True(exitCode == 0, output);
        Assert.Contains("Total: 3, Errors: 0, Failed: 0", output, StringComparison.Ordinal);
    }

    private static string WebSocket(Sample server, string path) => new UriBuilder(server.Address) { Scheme = "ws", Path = path }.ToString();
}
