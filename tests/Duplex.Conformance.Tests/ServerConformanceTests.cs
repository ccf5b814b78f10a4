using Duplex.Conformance.Tests.Cases;
using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Judging;

[assembly: AssemblyFixture(typeof(EchoHosts))]

namespace Duplex.Conformance.Tests;

public sealed class ServerConformanceTests(EchoHosts hosts)
{
    public static TheoryData<string, string> Cases() =>
        EchoHosts.WithEachTransport(Chapters.All.Values.Where(item => item.JudgesClient != true).Select(item => item.Id));

    // What parts are made of is the same on every transport.
    public static TheoryData<string> CasesOnce() => [.. Chapters.All.Values.Where(item => item.JudgesClient != true).Select(item => item.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Server_conforms(string transport, string id) => JudgeAsync(transport, "/echo", id);

    [Theory]
    [MemberData(nameof(CasesOnce))]
    public Task Server_conforms_in_parts(string id) => JudgeAsync("kestrel", "/parts", id);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Server_conforms_with_awaits(string transport, string id) => JudgeAsync(transport, "/await", id);

    [Theory]
    [MemberData(nameof(CasesOnce))]
    public Task Server_conforms_with_streams(string id) => JudgeAsync("kestrel", "/streams", id);

    private async Task JudgeAsync(string transport, string path, string id)
    {
        var item = Chapters.All[id];
        await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, path, item.Deflate, TimeSpan.FromSeconds(60));
        Assert.Equal(item.Deflate is null, peer.Deflate is null);
        await item.RunAsync(peer);
    }
}
