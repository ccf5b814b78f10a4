using System.Diagnostics;

namespace Duplex.Sdk.Tests;

/// <summary>The published JavaScript client against a real server: one scenario, one process.</summary>
public sealed class SdkTests(SdkServer server) : IClassFixture<SdkServer>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("websocket", "json")]
    [InlineData("websocket", "protobuf")]
    [InlineData("http_stream", "json")]
    [InlineData("http_stream", "protobuf")]
    [InlineData("sse", "json")]
    public Task Client_connects_with_data_and_disconnects(string transport, string encoding) => Run("connect", transport, encoding);

    [Theory]
    [InlineData("websocket", "json")]
    [InlineData("websocket", "protobuf")]
    [InlineData("http_stream", "json")]
    [InlineData("http_stream", "protobuf")]
    [InlineData("sse", "json")]
    public Task Client_publishes_to_all_subscribers_and_reads_history(string transport, string encoding) => Run("publish", transport, encoding);

    [Theory]
    [InlineData("websocket", "json")]
    [InlineData("websocket", "protobuf")]
    [InlineData("http_stream", "json")]
    [InlineData("http_stream", "protobuf")]
    [InlineData("sse", "json")]
    public Task Client_sees_who_is_there_who_joins_and_who_leaves(string transport, string encoding) => Run("presence", transport, encoding);

    [Theory]
    [InlineData("websocket", "json")]
    [InlineData("websocket", "protobuf")]
    [InlineData("http_stream", "json")]
    [InlineData("http_stream", "protobuf")]
    [InlineData("sse", "json")]
    public Task Client_calls_methods_and_gets_results_and_errors(string transport, string encoding) => Run("rpc", transport, encoding);

    [Theory]
    [InlineData("websocket", "json")]
    [InlineData("websocket", "protobuf")]
    [InlineData("http_stream", "json")]
    [InlineData("http_stream", "protobuf")]
    [InlineData("sse", "json")]
    public Task Client_that_was_cut_recovers_each_publication_once_in_order(string transport, string encoding) => Run("recover", transport, encoding);

    [Theory]
    [InlineData("websocket", "json")]
    [InlineData("websocket", "protobuf")]
    [InlineData("http_stream", "json")]
    [InlineData("http_stream", "protobuf")]
    [InlineData("sse", "json")]
    public Task Client_applies_deltas(string transport, string encoding) => Run("delta", transport, encoding);

    [Theory]
    [InlineData("websocket", "json")]
    [InlineData("websocket", "protobuf")]
    [InlineData("http_stream", "json")]
    [InlineData("http_stream", "protobuf")]
    [InlineData("sse", "json")]
    public Task Server_subscribes_unsubscribes_and_disconnects_a_user(string transport, string encoding) =>
        Run("server-subscription", transport, encoding);

    private async Task Run(string scenario, string transport, string encoding)
    {
        var start = new ProcessStartInfo("node", [$"node/{scenario}.mjs", server.Address, transport, encoding])
        {
            WorkingDirectory = Folder(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(Limit, cancellation);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        Assert.True(process.HasExited && process.ExitCode == 0, await output + await errors);
    }

    // The scenarios run where npm installed their packages, not from a copy in the build's output.
    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Duplex.slnx"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "Duplex.Sdk.Tests");
    }
}
