using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Probing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Duplex.Conformance.Tests.Hosts;

/// <summary>What carries the server's connections on this machine: every suite runs over each.</summary>
public static class Transports
{
    public static IReadOnlyList<string> Available { get; } =
        !OperatingSystem.IsLinux() ? ["kestrel"] : UringProbe.Refusal() is null ? ["kestrel", "uring", "epoll"] : ["kestrel", "epoll"];

    public static void Use(string transport, WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var backEnd = transport switch
        {
            "kestrel" => EventLoopBackEnd.None,
            "uring" => EventLoopBackEnd.IoUring,
            "epoll" => EventLoopBackEnd.Epoll,
            _ => throw new ArgumentException($"No transport {transport}.", nameof(transport)),
        };
        builder.WebHost.UseDuplexEventLoops(loops => loops.BackEnd = backEnd);
    }
}
