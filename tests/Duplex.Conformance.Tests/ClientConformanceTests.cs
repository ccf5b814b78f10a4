using Duplex.Conformance.Tests.Cases;
using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Judging;

namespace Duplex.Conformance.Tests;

public sealed class ClientConformanceTests
{
    public static TheoryData<string> Cases() => [.. Chapters.All.Values.Where(item => item.JudgesClient != false).Select(item => item.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Client_conforms(string id) => JudgeAsync(EchoClient.RunAsync, id);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Client_conforms_in_parts(string id) => JudgeAsync(EchoClient.RunInPartsAsync, id);

    private static async Task JudgeAsync(Func<Uri, bool, Task> runAsync, string id)
    {
        var item = Chapters.All[id];
        using var server = new RawServer();
        var client = runAsync(server.Address, item.Deflate is not null);
        await using (var peer = await server.OpenAsync(item.Deflate, TimeSpan.FromSeconds(60))) await item.RunAsync(peer);
        await client;
    }
}
