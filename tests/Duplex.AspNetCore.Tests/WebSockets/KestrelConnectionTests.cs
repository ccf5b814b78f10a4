using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>What a peer sees on the wire, byte for byte.</summary>
public sealed class KestrelConnectionTests
{
    private static Task<EchoApplication> StartAsync() =>
        EchoApplication.StartAsync(endpoints => endpoints.MapWebSocket("/echo", static (connection, message) => connection.Send(message)));

    [Fact]
    public async Task Handshake_of_section_1_3_is_answered()
    {
        await using var application = await StartAsync();
        using var client = await RawClient.ConnectAsync(application.EndPoint);
        await client.SendAsync(RawClient.UpgradeRequest("/echo"));
        var head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nUpgrade: websocket\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: Upgrade\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_frame_is_echoed_and_then_the_server_ends_the_connection()
    {
        await using var application = await StartAsync();
        using var client = await RawClient.UpgradeAsync(application.EndPoint, "/echo");
        await client.SendAsync(0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8);
        Assert.Equal([0x88, 0x02, 0x03, 0xE8], await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Close_frame_for_a_fault_arrives_although_more_bytes_were_sent()
    {
        await using var application = await StartAsync();
        using var client = await RawClient.UpgradeAsync(application.EndPoint, "/echo");
        // An unmasked frame, and a flood behind it that is never read as frames.
        await client.SendAsync([0x81, 0x01, 0x61, .. new byte[500_000]]);
        Assert.Equal([0x88, 0x38, 0x03, 0xEA, .. "A client's frame is not masked (RFC 6455 section 5.1)."u8], await client.ReadToEndAsync());
    }

    // RFC 6455 section 7.1.1: closing over unread bytes would reset the connection, and discard the answer on its way.
    // Some bytes come together with the close frame, and the rest when its answer has been read.
    [Fact]
    public async Task Close_frame_is_answered_and_the_end_is_in_order_although_more_bytes_come_behind_it()
    {
        await using var application = await StartAsync();
        using var client = await RawClient.UpgradeAsync(application.EndPoint, "/echo");
        await client.SendAsync([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8, .. new byte[100]]);
        Assert.Equal([0x88, 0x02, 0x03, 0xE8], await client.ReadAsync(4));
        await client.SendAsync(new byte[4_000_000]);
        client.ShutdownSending();
        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Close_frame_of_the_application_arrives_although_more_bytes_come_behind_the_answer()
    {
        await using var application = await EchoApplication.StartAsync(endpoints => endpoints.MapWebSocket(
            "/echo", static (connection, _) => connection.Close(Protocol.Closing.CloseCode.NormalClosure)));
        using var client = await RawClient.UpgradeAsync(application.EndPoint, "/echo");
        await client.SendAsync(0x81, 0x80, 0, 0, 0, 0);
        await client.SendAsync([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8, .. new byte[4_000_000]]);
        client.ShutdownSending();
        Assert.Equal([0x88, 0x02, 0x03, 0xE8], await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Ping_is_answered_with_its_payload()
    {
        await using var application = await StartAsync();
        using var client = await RawClient.UpgradeAsync(application.EndPoint, "/echo");
        await client.SendAsync(0x89, 0x82, 0, 0, 0, 0, 0x61, 0x62);
        Assert.Equal([0x8A, 0x02, 0x61, 0x62], await client.ReadAsync(4));
    }

    [Fact]
    public async Task Messages_that_arrive_with_the_handshake_are_read()
    {
        await using var application = await StartAsync();
        using var client = await RawClient.ConnectAsync(application.EndPoint);
        await client.SendAsync(RawClient.UpgradeRequest("/echo") + "\x81\x81\0\0\0\0a");
        await client.ReadHeadAsync();
        Assert.Equal([0x81, 0x01, 0x61], await client.ReadAsync(3));
    }

    [Fact]
    public async Task Message_over_the_limit_closes_1009()
    {
        await using var application = await StartAsync();
        using var client = await RawClient.UpgradeAsync(application.EndPoint, "/echo");
        await client.SendAsync(0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0);
        Assert.Equal(
            [0x88, 0x48, 0x03, 0xF1, .. "A message is larger than the receiver accepts (RFC 6455 section 10.4)."u8], await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Peer_that_sends_and_does_not_read_is_held_up_and_then_gets_every_answer()
    {
        const int Messages = 256, Bytes = 65_536;
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mostQueued = 0L;
        await using var application = await EchoApplication.StartAsync(endpoints => endpoints.MapWebSocket("/echo", (connection, message) =>
        {
            connection.Send(message);
            mostQueued = Math.Max(mostQueued, connection.QueuedBytes);
            if (!connection.IsWritable) blocked.TrySetResult();
        }));
        using var client = await RawClient.UpgradeAsync(application.EndPoint, "/echo");
        byte[] frame = [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. new byte[Bytes]];
        var sending = SendAllAsync();
        await blocked.Task.WaitAsync(EchoApplication.Limit);
        await client.ReadAsync(Messages * (10 + Bytes));
        await sending;
        // What one read brought is answered whole; nothing further is read.
        Assert.InRange(mostQueued, 0, 4 * Bytes);

        async Task SendAllAsync()
        {
            for (var i = 0; i < Messages; i++) await client.SendAsync(frame);
        }
    }

    [Fact]
    public async Task Middleware_of_the_connection_sees_every_byte()
    {
        var recording = new RecordingMiddleware();
        await using var application = await EchoApplication.StartAsync(
            static endpoints => endpoints.MapWebSocket("/echo", static (connection, message) => connection.Send(message)),
            host: host => host.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(recording.Use))));
        using var client = await RawClient.UpgradeAsync(application.EndPoint, "/echo");
        for (byte i = 0; i < 3; i++)
        {
            await client.SendAsync(0x82, 0x81, 0, 0, 0, 0, i);
            Assert.Equal([0x82, 0x01, i], await client.ReadAsync(3));
        }

        Assert.Equal([0x82, 0x01, 0, 0x82, 0x01, 1, 0x82, 0x01, 2], recording.Sent[^9..]);
    }
}
