using Duplex.Protocol.Closing;
using Duplex.WebSockets.Adapters;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Tests.Interop;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>A task that fails ends its own connection, whatever it failed for, and says so once.</summary>
public sealed class AsyncHandlerTests
{
    private readonly RecordingLogger _logger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Task_that_throws_the_end_of_another_connection_ends_its_own_with_1011_and_a_log_entry()
    {
        await using var upstream = new DuplexEchoServer();
        await using var bridge = new DuplexEchoServer(handler: () => new AsyncHandler(connection => BridgeAsync(connection, upstream.Uri), 100_000, _logger));
        await using var client = await WebSocketClient.ConnectAsync(bridge.Uri, cancellationToken: Token);
        await client.SendAsync("close", Token);
        Assert.Equal(CloseCode.InternalError, (await client.Completion.WaitAsync(Token)).Code);
        Assert.Equal(LogLevel.Error, Assert.Single(_logger.Entries).Level);
    }

    [Fact]
    public async Task Task_that_throws_another_tokens_cancellation_ends_its_connection_with_1011()
    {
        await using var server = new DuplexEchoServer(handler: () => new AsyncHandler(static async _ => await Task.FromCanceled(new CancellationToken(true)), 100_000, _logger));
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        Assert.Equal(CloseCode.InternalError, (await client.Completion.WaitAsync(Token)).Code);
    }

    [Fact]
    public async Task Task_whose_own_connection_ends_is_no_failure()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new DuplexEchoServer(handler: () => new AsyncHandler(ReadAsync, 100_000, _logger));
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        await client.CloseAsync((CloseCode)4000, cancellationToken: Token);
        await ended.Task.WaitAsync(Token);
        Assert.Empty(_logger.Entries);

        async Task ReadAsync(AsyncConnection connection)
        {
            try
            {
                await foreach (var _ in connection.ReadAllAsync(Token)) { }
            }
            finally
            {
                ended.SetResult();
            }
        }
    }

    [Fact]
    public async Task Function_written_for_WebSocket_that_fails_for_another_socket_ends_its_own_with_1011_and_a_log_entry()
    {
        await using var server = new DuplexEchoServer(handler: () => new ConnectionAsWebSocketHandler(
            static _ => throw new System.Net.WebSockets.WebSocketException(System.Net.WebSockets.WebSocketError.ConnectionClosedPrematurely), logger: _logger));
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: Token);
        Assert.Equal(CloseCode.InternalError, (await client.Completion.WaitAsync(Token)).Code);
        Assert.Equal(LogLevel.Error, Assert.Single(_logger.Entries).Level);
    }

    private static async Task BridgeAsync(AsyncConnection connection, Uri upstream)
    {
        await using var other = await WebSocketClient.ConnectAsync(upstream);
        await foreach (var message in connection.ReadAllAsync(Token))
        {
            await other.SendAsync(message, Token);
            await foreach (var answer in other.ReadAllAsync(Token)) await connection.SendAsync(answer, Token);
        }
    }
}
