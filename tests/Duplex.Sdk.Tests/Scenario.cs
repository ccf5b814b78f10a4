namespace Duplex.Sdk.Tests;

/// <summary>A script of the published JavaScript client: one scenario, one process.</summary>
internal static class Scenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The client's transports, each in the encodings it has.</summary>
    public static TheoryData<string, string> Transports { get; } = new()
    {
        { "websocket", "json" }, { "websocket", "protobuf" }, { "http_stream", "json" }, { "http_stream", "protobuf" }, { "sse", "json" },
    };

    /// <summary>Runs a scenario, which must end without a complaint.</summary>
    public static Task RunAsync(string name, string address, string transport, string encoding, string token = "") =>
        NodeScript.RunAsync("Duplex.Sdk.Tests", name, Limit, address, transport, encoding, token);
}
