using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Showcase.Lines;

namespace Showcase.Tests.Lines;

/// <summary>Lines on real sockets. Real time has lower bounds alone; LineScheduleTests has the exact ones.</summary>
public sealed class LineTests : IAsyncLifetime
{
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private Line _line = null!;

    public ValueTask InitializeAsync()
    {
        _limit.CancelAfter(TimeSpan.FromSeconds(60));
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Open(new LineSettings());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        _listener.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task Bytes_pass_unchanged_both_ways_at_once_and_are_counted()
    {
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        var (up, down) = (RandomNumberGenerator.GetBytes(3_000_000), RandomNumberGenerator.GetBytes(2_000_000));

        var received = await Task.WhenAll(
            ReadAsync(server, up.Length), ReadAsync(client, down.Length), SendAsync(client, up), SendAsync(server, down));

        Assert.Equal(up, received[0]);
        Assert.Equal(down, received[1]);
        Assert.Equal(
            new LineCounts(1, 1, 0, new(up.Length, up.Length, 0), new(down.Length, down.Length, 0)),
            await CountsAsync(counts => counts.Up.Delivered == up.Length && counts.Down.Delivered == down.Length));
    }

    [Fact]
    public async Task Counts_of_a_closed_connection_remain()
    {
        for (var connection = 1; connection <= 3; connection++)
        {
            using var client = await ConnectAsync();
            using var server = await AcceptAsync();
            await SendAsync(client, new byte[1000]);
            await ReadAsync(server, 1000);
        }

        var counts = await CountsAsync(static counts => counts.Open == 0);
        Assert.Equal((3, 3000, 3000), (counts.Opened, counts.Up.Sent, counts.Up.Delivered));
    }

    [Fact]
    public async Task A_transfer_takes_at_least_the_time_of_the_rate()
    {
        Open(new LineSettings { BytesPerSecond = 100_000 });
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(SendAsync(server, new byte[50_000]), ReadAsync(client, 50_000));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.48, 20);
    }

    [Fact]
    public async Task A_round_trip_takes_two_delays_and_a_connection_one_more_round_trip()
    {
        var delay = TimeSpan.FromMilliseconds(50);
        Open(new LineSettings { Delay = delay });
        var start = Stopwatch.GetTimestamp();
        using var client = await ConnectAsync();
        await SendAsync(client, [1]);
        using var server = await AcceptAsync();
        await ReadAsync(server, 1);
        Assert.True(Stopwatch.GetElapsedTime(start) >= 3 * delay, "the first byte arrived before handshake and delay");

        start = Stopwatch.GetTimestamp();
        await SendAsync(client, [1]);
        await ReadAsync(server, 1);
        await SendAsync(server, [1]);
        await ReadAsync(client, 1);
        Assert.True(Stopwatch.GetElapsedTime(start) >= 2 * delay, "the reply arrived before two delays");
    }

    [Fact]
    public async Task Jitter_does_not_change_the_order()
    {
        Open(new LineSettings { Delay = TimeSpan.FromMilliseconds(2), Jitter = TimeSpan.FromMilliseconds(10) });
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        var numbers = Enumerable.Range(0, 200).Select(static number => (byte)number).ToArray();
        var reading = ReadAsync(server, numbers.Length);
        foreach (var number in numbers)
        {
            await SendAsync(client, [number]);
            await CountsAsync(counts => counts.Up.Sent > number);
        }

        Assert.Equal(numbers, await reading);
    }

    [Fact]
    public async Task A_sender_is_held_back_instead_of_bytes_being_queued()
    {
        var settings = new LineSettings { BytesPerSecond = 10_000, Delay = TimeSpan.FromMilliseconds(200) };
        Open(settings);
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();

        var sent = SendWithoutBlocking(server, 10_000_000);
        await ReadAsync(client, 4000);

        Assert.InRange(sent, 1, 256 * 1024);
        var down = _line.Counts().Down;
        Assert.InRange(down.Held, 0, settings.HeldBytes + settings.ReadBytes);
    }

    [Fact]
    public async Task A_receiver_that_does_not_read_holds_the_sender_back_and_loses_nothing()
    {
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        var bytes = RandomNumberGenerator.GetBytes(20_000_000);
        var sending = SendAsync(server, bytes);

        var settings = _line.Settings;
        var down = (await CountsAsync(counts => counts.Down.Held >= settings.HeldBytes)).Down;

        Assert.InRange(down.Held, settings.HeldBytes, settings.HeldBytes + settings.ReadBytes);
        Assert.False(sending.IsCompleted);
        Assert.Equal(bytes, await ReadAsync(client, bytes.Length));
        await sending;
    }

    [Fact]
    public async Task A_line_that_is_cut_resets_open_and_new_connections_until_it_is_restored()
    {
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        await SendAsync(client, [1]);
        await ReadAsync(server, 1);

        _line.Settings = new LineSettings { State = LineState.Cut };

        await ExpectResetAsync(client);
        await ExpectResetAsync(server);
        await ExpectRefusalAsync(_line);
        var counts = await CountsAsync(static counts => counts.Open == 0);
        Assert.Equal((1, 1), (counts.Opened, counts.Refused));

        _line.Settings = new LineSettings();
        using var next = await ConnectAsync();
        using var nextServer = await AcceptAsync();
        await SendAsync(next, [2]);
        Assert.Equal([2], await ReadAsync(nextServer, 1));
    }

    [Fact]
    public async Task Bytes_under_way_are_lost_with_their_connection()
    {
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        _line.Settings = new LineSettings { Delay = TimeSpan.FromSeconds(5) };
        await SendAsync(client, [1, 2, 3]);
        await CountsAsync(static counts => counts.Up.Held == 3);
        _line.Settings = new LineSettings { State = LineState.Cut };
        await ExpectResetAsync(server);
        Assert.Equal(new LineBytes(3, 0, 0), (await CountsAsync(static counts => counts.Open == 0)).Up);
    }

    [Fact]
    public async Task A_silent_line_carries_nothing_and_closes_nothing_and_loses_nothing()
    {
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        _line.Settings = new LineSettings { State = LineState.Silent };
        await SendAsync(client, [1, 2, 3]);
        var reading = ReadAsync(server, 3);
        using var later = await ConnectAsync();
        await SendAsync(later, [4]);

        // What passes beside the line takes no longer than what would pass through it.
        using (var direct = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await direct.ConnectAsync(_listener.LocalEndPoint!, _limit.Token);
            using var accepted = await AcceptAsync();
            await SendAsync(direct, [9]);
            Assert.Equal([9], await ReadAsync(accepted, 1));
        }

        Assert.False(reading.IsCompleted);
        Assert.Equal(0, _line.Counts().Up.Delivered);

        _line.Settings = new LineSettings();
        Assert.Equal([1, 2, 3], await reading);
        using var laterServer = await AcceptAsync();
        Assert.Equal([4], await ReadAsync(laterServer, 1));
    }

    [Fact]
    public async Task The_end_of_data_passes_after_the_data_and_the_other_direction_stays_open()
    {
        Open(new LineSettings { Delay = TimeSpan.FromMilliseconds(10) });
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        await SendAsync(client, [1]);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal([1], await ReadAsync(server, 1));
        Assert.Equal(0, await server.ReceiveAsync(new byte[1], _limit.Token));
        await SendAsync(server, [2]);
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal([2], await ReadAsync(client, 1));
        Assert.Equal(0, await client.ReceiveAsync(new byte[1], _limit.Token));
        await CountsAsync(static counts => counts.Open == 0);
    }

    [Fact]
    public async Task A_reset_of_one_side_resets_the_other()
    {
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        server.Close(timeout: 0);
        await ExpectResetAsync(client);
    }

    [Fact]
    public async Task A_server_that_refuses_connections_resets_the_client()
    {
        var target = (IPEndPoint)_listener.LocalEndPoint!;
        _listener.Dispose();
        await using var line = new Line(target, new LineSettings(), TimeProvider.System);
        await ExpectRefusalAsync(line);
    }

    [Fact]
    public async Task Connections_beyond_the_maximum_are_reset()
    {
        var clients = new List<Socket>();
        for (var number = 0; number < Line.MaxConnections; number++) clients.Add(await ConnectAsync());
        await CountsAsync(static counts => counts.Open == Line.MaxConnections);
        await ExpectRefusalAsync(_line);
        Assert.Equal(1, _line.Counts().Refused);
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task A_line_that_is_closed_resets_its_connections_and_frees_its_port()
    {
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        await _line.DisposeAsync();
        await ExpectResetAsync(client);
        await ExpectResetAsync(server);
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync());
    }

    [Fact]
    public async Task Settings_apply_to_connections_that_are_open()
    {
        using var client = await ConnectAsync();
        using var server = await AcceptAsync();
        _line.Settings = new LineSettings { Delay = TimeSpan.FromMilliseconds(50) };
        var start = Stopwatch.GetTimestamp();
        await SendAsync(client, [1]);
        await ReadAsync(server, 1);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(50), "the byte was not delayed");
    }

    private void Open(LineSettings settings)
    {
        if (_line is not null) _line.Settings = settings;
        else _line = new Line((IPEndPoint)_listener.LocalEndPoint!, settings, TimeProvider.System);
    }

    private async Task<Socket> ConnectAsync(Line? line = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, (line ?? _line).Port, _limit.Token);
        return socket;
    }

    private async Task<Socket> AcceptAsync()
    {
        var socket = await _listener.AcceptAsync(_limit.Token);
        socket.NoDelay = true;
        return socket;
    }

    private async Task<byte[]> SendAsync(Socket socket, byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;) at += await socket.SendAsync(bytes.AsMemory(at), _limit.Token);
        return bytes;
    }

    private static long SendWithoutBlocking(Socket socket, int most)
    {
        socket.Blocking = false;
        var bytes = new byte[16 * 1024];
        long sent = 0;
        while (sent < most)
        {
            sent += socket.Send(bytes, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock) return sent;
            Assert.Equal(SocketError.Success, error);
        }

        return sent;
    }

    private async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var more = await socket.ReceiveAsync(bytes.AsMemory(at), _limit.Token);
            Assert.True(more > 0, "the data ended early");
            at += more;
        }

        return bytes;
    }

    private async Task ExpectResetAsync(Socket socket)
    {
        var exception = await Assert.ThrowsAsync<SocketException>(() => socket.ReceiveAsync(new byte[1], _limit.Token).AsTask());
        Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
    }

    // The reset may precede the end of the connect.
    private async Task ExpectRefusalAsync(Line line)
    {
        try
        {
            using var client = await ConnectAsync(line);
            await ExpectResetAsync(client);
        }
        catch (SocketException exception)
        {
            Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
        }
    }

    private async Task<LineCounts> CountsAsync(Func<LineCounts, bool> fits)
    {
        while (true)
        {
            var counts = _line.Counts();
            if (fits(counts)) return counts;
            await Task.Delay(1, _limit.Token);
        }
    }
}
