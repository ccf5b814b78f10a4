using Duplex.Conformance.Tests.Cases;
using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Rules;
using Duplex.Conformance.Tests.Wire;
using Duplex.Fuzz.Mutation;

namespace Duplex.Conformance.Tests;

/// <summary>What has brought other clients down. Each ends in a close code and an orderly end.</summary>
public sealed class ClientHostileInputTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    [Rule("6455-10.7-a")]
    public async Task Client_survives_three_hundred_streams_of_wild_frames_CVE_2026_1528()
    {
        var random = new Random(1528);
        var mutator = new FrameMutator();
        byte[][] seeds = [Frame.Text("Hello").Encode(false), Frame.Binary(Payloads.Random(300)).Encode(false), Frame.Ping().Encode(false), Frame.Close(1000).Encode(false)];
        for (var i = 0; i < 300; i++)
        {
            using var server = new RawServer();
            var client = EchoClient.RunAsync(server.Address, isCompressed: false);
            await using (var peer = await server.OpenAsync(null, Limit))
            {
                await peer.SendBytesAsync(mutator.Next(random, seeds));
                peer.EndSending();
            }

            await client;
        }
    }

    [Theory]
    [InlineData(0x8000000000000000, 1002)]
    [InlineData(0xffffffffffffffff, 1002)]
    [InlineData(0x7fffffffffffffff, 1009)]
    [InlineData(0x100000000, 1009)]
    [InlineData(0x80000000, 1009)]
    [InlineData(0x7fffffff, 1009)]
    [Rule("6455-10.4-a", "6455-5.2-e")]
    public async Task Client_fails_the_connection_for_a_length_that_cannot_be_CVE_2026_1528(ulong length, int code) =>
        await FailsWithAsync(code, isCompressed: false, Frame.Binary([]) with { LengthBytes = 8, ClaimedLength = length });

    [Fact]
    [Rule("6455-10.4-a")]
    public async Task Client_stops_an_endless_message_of_empty_fragments_CVE_2014_0193() =>
        await FailsWithAsync(1008, isCompressed: false, [Frame.Text("").NotFinal(), .. Enumerable.Repeat(Frame.Continuation([]).NotFinal(), 10_000)]);

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(1000)]
    [Rule("6455-10.4-a")]
    public async Task Client_stops_inflating_at_the_limit_CVE_2026_1526(int fragments) =>
        await FailsWithAsync(1009, isCompressed: true, Compressed.Message(2, Bombs.Zeros(256 << 20), fragments));

    private static async Task FailsWithAsync(int code, bool isCompressed, params Frame[] frames)
    {
        using var server = new RawServer();
        var client = EchoClient.RunAsync(server.Address, isCompressed);
        await using (var peer = await server.OpenAsync(isCompressed ? new DeflateParameters() : null, Limit))
        {
            await peer.SendAsync(frames);
            await new ExpectFailure(code).RunAsync(peer);
        }

        await client;
    }
}
