using System.Diagnostics.Metrics;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Tests.Connections;

namespace Duplex.WebSockets.Tests.Diagnostics;

/// <summary>The meter Duplex.WebSockets, as a collector hears it.</summary>
public sealed class ConnectionMetricsTests
{
    private readonly TestShard _shard = new();
    private readonly RecordingHandler _handler = new();

    [Theory]
    [InlineData(EndReason.ClosedByPeer, "closed_by_peer")]
    [InlineData(EndReason.ClosedByApplication, "closed_by_application")]
    [InlineData(EndReason.ProtocolError, "protocol_error")]
    [InlineData(EndReason.InvalidText, "invalid_text")]
    [InlineData(EndReason.InvalidCompressedData, "invalid_compressed_data")]
    [InlineData(EndReason.LimitExceeded, "limit_exceeded")]
    [InlineData(EndReason.MessageTimeout, "message_timeout")]
    [InlineData(EndReason.PingTimeout, "ping_timeout")]
    [InlineData(EndReason.CloseTimeout, "close_timeout")]
    [InlineData(EndReason.SendQueueFull, "send_queue_full")]
    [InlineData(EndReason.TransportLost, "transport_lost")]
    [InlineData(EndReason.Aborted, "aborted")]
    [InlineData(EndReason.HandlerFailed, "handler_failed")]
    public void Every_end_is_counted_once_with_its_reason_and_no_connection_is_left(EndReason reason, string name)
    {
        var active = 0L;
        var ended = new List<string>();
        var thread = Environment.CurrentManagedThreadId;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Duplex.WebSockets") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            // Connections of other tests run beside this one, on threads of their own.
            if (Environment.CurrentManagedThreadId != thread) return;
            if (instrument.Name == "duplex.websocket.active_connections") active += value;
            else if (instrument.Name == "duplex.websocket.ended_connections") ended.Add($"{value} {tags[0].Key} {tags[0].Value}");
        });
        listener.Start();

        var connection = Open();
        Assert.Equal(1, active);
        End(connection, reason);
        Assert.Equal([$"1 duplex.websocket.end_reason {name}"], ended);
        Assert.Equal(0, active);

        // Nothing that comes later counts again.
        connection.EndTransport();
        _shard.Turn(connection.Abort);
        Assert.Single(ended);
        Assert.Equal(0, active);
    }

    private TestConnection Open() => TestConnection.Open(
        _shard,
        _handler,
        new WebSocketConnectionOptions { MaxMessageBytes = 1000, SendHighWaterBytes = 10, MaxQueuedBytes = 100 },
        inflater: new MessageInflater(Role.Server, new DeflateAgreement(true, true, 15, 15)));

    private void End(TestConnection connection, EndReason reason)
    {
        switch (reason)
        {
            case EndReason.ClosedByPeer:
                connection.Feed("88 80 00 00 00 00");
                break;
            case EndReason.ClosedByApplication:
                _shard.Turn(() => connection.Close(CloseCode.NormalClosure));
                connection.Feed("88 80 00 00 00 00");
                break;
            case EndReason.ProtocolError:
                connection.Feed("81 00");
                break;
            case EndReason.InvalidText:
                connection.Feed("81 81 00 00 00 00 FF");
                break;
            case EndReason.InvalidCompressedData:
                connection.Feed("C1 81 00 00 00 00 07");
                break;
            case EndReason.LimitExceeded:
                connection.Feed("82 FE 03 E9 00 00 00 00");
                break;
            case EndReason.MessageTimeout:
                connection.Feed("01 81 00 00 00 00 61");
                // Signs of life, or the ping would end it first.
                for (var i = 0; i < 31; i++)
                {
                    _shard.Pass(1);
                    connection.Feed("8A 80 00 00 00 00");
                }

                break;
            case EndReason.PingTimeout:
                _shard.Pass(36);
                break;
            case EndReason.CloseTimeout:
                _shard.Turn(() => connection.Close(CloseCode.NormalClosure));
                _shard.Pass(6);
                break;
            case EndReason.SendQueueFull:
                connection.IsStalled = true;
                _shard.Turn(() => connection.Send(new byte[200], MessageType.Binary));
                _shard.Turn(() => connection.Send([], MessageType.Binary));
                break;
            case EndReason.TransportLost:
                connection.EndTransport();
                break;
            case EndReason.Aborted:
                _shard.Turn(connection.Abort);
                break;
            case EndReason.HandlerFailed:
                _handler.OnText = (_, _) => throw new InvalidOperationException();
                connection.Feed("81 80 00 00 00 00");
                break;
        }
    }
}
