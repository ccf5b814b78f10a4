namespace Duplex.Sdk.Tests;

/// <summary>The published JavaScript client against an application on the hub.</summary>
public sealed class SdkTests(SdkServer server) : IClassFixture<SdkServer>
{
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

    [Theory]
    [InlineData("websocket", "json")]
    [InlineData("websocket", "protobuf")]
    [InlineData("http_stream", "json")]
    [InlineData("http_stream", "protobuf")]
    [InlineData("sse", "json")]
    public Task Client_tracks_keys_that_the_server_polls(string transport, string encoding) => Run("shared-poll", transport, encoding);

    private Task Run(string scenario, string transport, string encoding) => Scenario.RunAsync(scenario, server.Address, transport, encoding);
}
