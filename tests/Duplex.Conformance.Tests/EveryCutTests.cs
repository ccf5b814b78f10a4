using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests;

/// <summary>
/// What an endpoint answers does not depend on how the network cuts what it is sent, nor on whether its application is
/// called or awaits: several pings, and a message in front of a violation or a close frame, cut in two at every byte.
/// </summary>
public sealed class EveryCutTests(EchoHosts hosts)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly byte[] Hello = "Hello"u8.ToArray();
    private static readonly Frame[] TenPings = [.. Enumerable.Range(0, 10).Select(i => Frame.Ping($"{i}"))];

    private static readonly Dictionary<string, (Frame[] Sent, Step[] Expected)> Exchanges = new()
    {
        ["ten pings"] = (TenPings, [new ExpectPongs([.. TenPings.Select(ping => ping.Payload)]), new CloseCleanly()]),
        ["reserved bits behind a message"] =
            ([Frame.Text("Hello"), Frame.Text("x").WithReserved(2), Frame.Ping()], [new Expect(1, Hello), new ExpectFailure(1002)]),
        ["reserved opcode behind a message"] =
            ([Frame.Text("Hello"), new Frame(5, []), Frame.Ping()], [new Expect(1, Hello), new ExpectFailure(1002)]),
        ["reserved control opcode behind a message"] =
            ([Frame.Text("Hello"), new Frame(13, "x"u8.ToArray()), Frame.Ping()], [new Expect(1, Hello), new ExpectFailure(1002)]),
        ["continuation of nothing behind a fragmented message"] =
            ([Frame.Text("Hel").NotFinal(), Frame.Continuation("lo"), Frame.Continuation("x").NotFinal(), Frame.Text("y")], [new Expect(1, Hello), new ExpectFailure(1002)]),
        ["close frame behind a message"] =
            ([Frame.Text("Hello"), Frame.Close(1000), Frame.Ping()], [new Expect(1, Hello), new ExpectClose(1000)]),
        ["close frame behind three messages"] =
            ([Frame.Text("Hello"), Frame.Binary([1]), Frame.Text("Hello"), Frame.Close(4000)],
                [new Expect(1, Hello), new Expect(2, [1]), new Expect(1, Hello), new ExpectClose(4000)]),
    };

    public static TheoryData<string, string, string> Servers() =>
        [.. from transport in Transports.Available from path in (string[])["/echo", "/parts", "/await", "/streams"] from name in Exchanges.Keys select (transport, path, name)];

    public static TheoryData<string, bool> Clients() => [.. from name in Exchanges.Keys from inParts in (bool[])[false, true] select (name, inParts)];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Server_answers_the_same_however_its_input_is_cut(string transport, string path, string name)
    {
        var bytes = Encode(name, asClient: true);
        await Parallel.ForAsync(0, bytes.Length, async (cut, _) =>
        {
            await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, path, null, Limit);
            await JudgeAsync(peer, name, bytes, cut);
        });
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Client_answers_the_same_however_its_input_is_cut(string name, bool inParts)
    {
        var bytes = Encode(name, asClient: false);
        await Parallel.ForAsync(0, bytes.Length, async (cut, _) =>
        {
            using var server = new RawServer();
            var client = inParts ? EchoClient.RunInPartsAsync(server.Address, isCompressed: false) : EchoClient.RunAsync(server.Address, isCompressed: false);
            await using (var peer = await server.OpenAsync(null, Limit)) await JudgeAsync(peer, name, bytes, cut);
            await client;
        });
    }

    private static byte[] Encode(string name, bool asClient) => [.. Exchanges[name].Sent.SelectMany(frame => frame.Encode(asClient))];

    private static async Task JudgeAsync(RawPeer peer, string name, byte[] bytes, int cut)
    {
        if (cut > 0) await peer.SendBytesAsync(bytes.AsMemory(0, cut));
        await peer.SendBytesAsync(bytes.AsMemory(cut));
        foreach (var step in Exchanges[name].Expected) await step.RunAsync(peer);
    }
}
