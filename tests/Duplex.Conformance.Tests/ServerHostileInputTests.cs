using System.Net.Sockets;
using Duplex.Conformance.Tests.Cases;
using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Rules;
using Duplex.Conformance.Tests.Wire;
using Duplex.Fuzz.Mutation;

namespace Duplex.Conformance.Tests;

/// <summary>What has brought other servers down. Each ends in a close code, and the next client is served.</summary>
public sealed class ServerHostileInputTests(EchoHosts hosts)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Transports() => [.. Hosts.Transports.Available];

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-10.7-a")]
    public async Task Server_survives_a_thousand_streams_of_wild_frames_CVE_2021_26423_CVE_2026_1528(string transport)
    {
        var random = new Random(26423);
        var mutator = new FrameMutator();
        byte[][] seeds = [Frame.Text("Hello").Encode(true), Frame.Binary(Payloads.Random(300)).Encode(true), Frame.Ping().Encode(true), Frame.Close(1000).Encode(true)];
        for (var i = 0; i < 1000; i++)
        {
            var input = mutator.Next(random, seeds);
            await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/echo", null, Limit);
            await peer.SendBytesAsync(input);
            peer.EndSending();
            while (await ReceiveOrEndAsync(peer)) { }
        }

        await AssertServesAsync(transport);
    }

    [Theory]
    [InlineData(0x8000000000000000, 1002)]
    [InlineData(0xffffffffffffffff, 1002)]
    [InlineData(0x7fffffffffffffff, 1009)]
    [InlineData(0x7ffffffffffffff0, 1009)]
    [InlineData(0x100000000, 1009)]
    [InlineData(0xffffffff, 1009)]
    [InlineData(0x80000000, 1009)]
    [InlineData(0x7fffffff, 1009)]
    [Rule("6455-10.4-a", "6455-5.2-e")]
    public async Task Server_fails_the_connection_for_a_length_that_cannot_be_CVE_2020_13935_CVE_2020_27813(ulong length, int code)
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            var frame = Frame.Binary([]) with { LengthBytes = 8, ClaimedLength = length };
            await FailsWithAsync(transport, "/echo", code, frame.Encode(true));
            await FailsWithAsync(transport, "/echo", code, [.. Frame.Binary([1]).NotFinal().Encode(true), .. (frame with { Opcode = 0 }).Encode(true)]);
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-10.4-a")]
    public async Task Server_stops_at_the_limit_of_an_endless_message_CVE_2014_0193(string transport)
    {
        var piece = Frame.Continuation(new byte[1000]).NotFinal().Encode(true);
        byte[] endless = [.. Frame.Binary([]).NotFinal().Encode(true), .. Enumerable.Repeat(piece, 100).SelectMany(bytes => bytes)];
        await FailsWithAsync(transport, "/defaults", 1009, endless);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-10.4-a")]
    public async Task Server_stops_an_endless_message_of_empty_fragments_CVE_2014_0193(string transport)
    {
        var piece = Frame.Continuation([]).NotFinal().Encode(true);
        byte[] endless = [.. Frame.Text("").NotFinal().Encode(true), .. Enumerable.Repeat(piece, 10_000).SelectMany(bytes => bytes)];
        await FailsWithAsync(transport, "/defaults", 1008, endless);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(1000)]
    [Rule("6455-10.4-a")]
    public async Task Server_stops_inflating_at_the_limit_CVE_2026_27571_CVE_2026_62963_CVE_2026_1526(int fragments)
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/defaults", new DeflateParameters(), Limit);
            Assert.NotNull(peer.Deflate);
            await peer.SendAsync(Compressed.Message(2, Bombs.Zeros(256 << 20), fragments));
            await new ExpectFailure(1009).RunAsync(peer);
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-10.4-a")]
    public async Task Server_bounds_a_compressed_message_that_inflates_to_nothing_CVE_2026_1526(string transport)
    {
        // Empty stored blocks: five bytes each on the wire, none behind.
        byte[] blocks = [.. Enumerable.Repeat((byte[])[0, 0, 0, 0xff, 0xff], 40_000).SelectMany(bytes => bytes)];
        await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/defaults", new DeflateParameters(), Limit);
        await peer.SendAsync(Compressed.Message(2, blocks, 20));
        await new ExpectFailure(1009).RunAsync(peer);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-7.1.7-a", "6455-7.1.1-a")]
    public async Task Server_is_gone_soon_after_a_violation_although_the_peer_goes_on_CVE_2023_38180(string transport)
    {
        using var cancellation = new CancellationTokenSource(Limit);
        await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/echo", null, Limit);
        await peer.SendAsync(new Frame(3, []));
        await new ExpectFailure(1002).RunAsync(peer);

        // The server reads on for a while so that its close frame arrives, then the socket is closed for good.
        var more = Frame.Binary(Payloads.Random(60_000)).Encode(true);
        while (await peer.TrySendBytesAsync(more)) cancellation.Token.ThrowIfCancellationRequested();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-5.5.2-a")]
    public async Task Server_answers_a_flood_of_pings_without_failing(string transport)
    {
        await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/echo", null, Limit);
        byte[] pings = [.. Enumerable.Range(0, 50_000).SelectMany(i => Frame.Ping($"{i}").Encode(true))];
        var sending = peer.SendBytesAsync(pings);
        await new ExpectNewestPong([.. Enumerable.Range(0, 50_000).Select(i => System.Text.Encoding.ASCII.GetBytes($"{i}"))]).RunAsync(peer);
        await sending;
        await new CloseCleanly().RunAsync(peer);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-10.7-a")]
    public async Task Server_survives_connections_that_are_reset_in_the_middle_of_a_message(string transport)
    {
        for (var i = 0; i < 100; i++)
        {
            var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/echo", null, Limit);
            await new SendPart(Frame.Binary(new byte[5000]), 100 + i).RunAsync(peer);
            peer.Reset();
            await peer.DisposeAsync();
        }

        await AssertServesAsync(transport);
    }

    private static async Task<bool> ReceiveOrEndAsync(RawPeer peer)
    {
        try
        {
            return await peer.ReceiveAsync() is not null;
        }
        catch (IOException exception) when (exception.InnerException is SocketException)
        {
            return false;
        }
    }

    private async Task FailsWithAsync(string transport, string path, int code, byte[] bytes)
    {
        await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, path, null, Limit);
        await peer.SendBytesAsync(bytes);
        await new ExpectFailure(code).RunAsync(peer);
    }

    private async Task AssertServesAsync(string transport)
    {
        await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/echo", null, Limit);
        await peer.SendAsync(Frame.Text("still there"));
        Assert.Equal("still there"u8.ToArray(), (await peer.ReceiveMessageAsync()).Payload);
        await new CloseCleanly().RunAsync(peer);
    }
}
