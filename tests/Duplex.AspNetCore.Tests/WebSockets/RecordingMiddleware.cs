using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>Connection middleware that keeps a copy of every byte that leaves through it.</summary>
internal sealed class RecordingMiddleware
{
    private readonly List<byte> _sent = [];

    public byte[] Sent
    {
        get
        {
            lock (_sent) return _sent.ToArray();
        }
    }

    public ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        var transport = connection.Transport;
        var pipe = new Pipe();
        var copying = CopyAsync(pipe.Reader, transport.Output);
        connection.Transport = new Duplexed(transport.Input, pipe.Writer);
        await next(connection);
        await pipe.Writer.CompleteAsync();
        await copying;
        connection.Transport = transport;
    };

    private async Task CopyAsync(PipeReader from, PipeWriter to)
    {
        while (true)
        {
            var read = await from.ReadAsync();
            foreach (var segment in read.Buffer)
            {
                lock (_sent) _sent.AddRange(segment.Span);
                await to.WriteAsync(segment);
            }

            from.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted) continue;
            await to.CompleteAsync();
            return;
        }
    }

    private sealed record Duplexed(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
