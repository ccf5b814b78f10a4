using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>
/// An application that awaits its messages answers what came before the peer's close frame or violation, as a handler does,
/// and cannot hold the connection with it.
/// </summary>
public sealed class AnswersBeforeTheEndTests
{
    private const string Message = "81 81 00 00 00 00 61";
    private const string ReservedOpcode = "83 80 00 00 00 00";
    private const string Close = "88 82 00 00 00 00 0F A0";

    private readonly TestShard _shard = new();
    private readonly AwaitedHandler _handler = new(100_000);
    private readonly TestConnection _connection;
    private readonly AsyncConnection _application;

    public AnswersBeforeTheEndTests()
    {
        _connection = TestConnection.Open(_shard, _handler);
        _application = new AsyncConnection(_handler, _connection);
    }

    [Theory]
    [InlineData(ReservedOpcode, "03EA")]
    [InlineData(Close, "0FA0")]
    public async Task Answer_leaves_before_the_close_frame(string end, string code)
    {
        _connection.Feed(Message + end);
        Assert.Equal("", _connection.Sent);
        await using var messages = _application.ReadAllAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await messages.MoveNextAsync());
        var sending = _application.SendAsync(messages.Current, TestContext.Current.CancellationToken);
        _shard.Turn(() => { });
        Assert.True(await sending);
        Assert.Equal("810161", _connection.Sent);

        var next = messages.MoveNextAsync();
        _shard.Turn(() => { });
        Assert.StartsWith("810161" + "88", _connection.Sent, StringComparison.Ordinal);
        Assert.Equal(code, _connection.Sent[10..14]);
        await Assert.ThrowsAsync<WebSocketClosedException>(async () => await next);
        Assert.NotNull(_connection.Finished);
    }

    [Fact]
    public async Task Nothing_is_waited_for_when_the_application_has_come_back()
    {
        var next = ReadAsync();
        _connection.Feed(Message);
        await next;
        _connection.Feed(ReservedOpcode);
        Assert.StartsWith("88", _connection.Sent, StringComparison.Ordinal);

        async Task ReadAsync()
        {
            await foreach (var _ in _application.ReadAllAsync(TestContext.Current.CancellationToken)) break;
        }
    }

    [Theory]
    [InlineData(ReservedOpcode)]
    [InlineData(Close)]
    public void Application_that_never_comes_back_holds_the_connection_for_the_close_time_out_at_most(string end)
    {
        _connection.Feed(Message + end);
        Assert.True(_connection.IsPaused);
        _shard.Pass(4.9);
        Assert.Equal("", _connection.Sent);
        _shard.Pass(0.3);
        Assert.StartsWith("88", _connection.Sent, StringComparison.Ordinal);
        Assert.True(_application.Completion.IsCompleted);
        _shard.Pass(5.2);
        Assert.True(_connection.IsDropped);
        Assert.Equal(0, _shard.ArmedTimers);
    }

    [Fact]
    public async Task Application_that_closes_instead_ends_at_once_with_what_the_peer_was_due()
    {
        _connection.Feed(Message + ReservedOpcode);
        var closing = _application.CloseAsync((CloseCode)4000, "mine", TestContext.Current.CancellationToken);
        _shard.Turn(() => { });
        Assert.Equal((EndReason.ProtocolError, CloseCode.ProtocolError), (await closing) is var end ? (end.Reason, end.Code) : default);
        Assert.Equal("03EA", _connection.Sent[4..8]);
    }

    [Fact]
    public void Host_that_stops_ends_at_once()
    {
        _connection.Feed(Message + Close);
        _shard.Turn(_connection.OnStopping);
        Assert.Equal("88020FA0", _connection.Sent);
    }

    [Fact]
    public void Peer_that_leaves_without_waiting_ends_at_once()
    {
        _connection.Feed(Message + Close);
        _connection.EndTransport();
        Assert.Equal("88020FA0", _connection.Sent);
        Assert.True(_application.Completion.IsCompleted);
    }

    [Fact]
    public void Application_that_aborts_drops_the_transport_and_leaves_no_timer()
    {
        _connection.Feed(Message + Close);
        _shard.Turn(_connection.Abort);
        Assert.True(_connection.IsDropped);
        Assert.Equal(0, _shard.ArmedTimers);
    }

    [Fact]
    public async Task Message_that_was_cut_off_throws_at_once_in_its_reader()
    {
        var streams = _application.StreamAllAsync(TestContext.Current.CancellationToken);
        _shard.Turn(() => { });
        await using var messages = streams.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        _connection.Feed("01 81 00 00 00 00 61" + ReservedOpcode);
        Assert.True(await messages.MoveNextAsync());
        Assert.Equal(1, await messages.Current.ReadAsync(new byte[10], TestContext.Current.CancellationToken));
        var exception = await Assert.ThrowsAsync<WebSocketClosedException>(async () => await messages.Current.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.Equal((EndReason.ProtocolError, 7), (exception.End.Reason, (int)exception.End.Fault!.Value.Offset));
        Assert.Equal("", _connection.Sent);
        await messages.DisposeAsync();
        _shard.Turn(() => { });
        Assert.StartsWith("88", _connection.Sent, StringComparison.Ordinal);
    }
}
