using LoadTool.Measuring;
using LoadTool.Protocols;
using LoadTool.Sockets;
using Starting;

namespace LoadTool.Loads;

/// <summary>Measures resident memory and processor time of the server per idle connection.</summary>
internal static class IdleLoad
{
    private const int WarmUpRounds = 10;
    private const int WarmUpConnections = 1000;

    public static Result Run(Target target, LoadOptions options, MessageProtocol? protocol)
    {
        var server = options.Server ?? throw new UsageException("idle needs --pid, the server's process id.");
        // Code is compiled in tiers, each after a number of calls and an idle period. The memory of the compiler (several
        // MiB) belongs to no connection, so all tiers are compiled before the measurement.
        for (var round = 0; round < WarmUpRounds; round++)
        {
            foreach (var warm in Open(target, WarmUpConnections, protocol)) warm.Dispose();
            Thread.Sleep(options.WarmUp / 2);
        }

        var before = server.ResidentKiB();
        var connections = Open(target, options.Connections, protocol);
        Thread.Sleep(options.WarmUp);
        var (userBefore, kernelBefore) = server.ProcessorSeconds();
        Thread.Sleep(options.Length);
        var (user, kernel) = server.ProcessorSeconds();

        var result = new Result("idle")
        {
            ["kib_per_connection"] = (double)(server.ResidentKiB() - before) / options.Connections,
            ["processor_us_per_second_per_connection"] =
                (user - userBefore + kernel - kernelBefore) / options.Length.TotalSeconds / options.Connections * 1e6,
            ["resident_kib"] = server.ResidentKiB(),
        };
        GC.KeepAlive(connections);
        return result;
    }

    private static List<LoadConnection> Open(Target target, int count, MessageProtocol? protocol) =>
        protocol is null ? Connections.Open(target, count) : Subscribers.Open(target, count, protocol);
}
