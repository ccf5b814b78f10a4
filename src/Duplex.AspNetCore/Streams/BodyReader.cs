using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>Reads request bodies within limits of size and time. Reading ends when the server stops.</summary>
/// <param name="timeout">The time within which a body must arrive.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Cancelled when the server stops.</param>
internal sealed class BodyReader(TimeSpan timeout, TimeProvider time, CancellationToken stopping)
{
    /// <summary>Returns the whole body, or the status of the response that refuses it.</summary>
    public async Task<(byte[]? Body, int Status)> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes) return (null, StatusCodes.Status413PayloadTooLarge);
        using var limit = new CancellationTokenSource(timeout, time);
        var aborted = request.HttpContext.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted, stopping);
        var reader = request.BodyReader;
        // The token is not passed to the read: a read that ends with an exception stays pending for Kestrel, which then cannot
        // read the rest of the body and logs an error with a stack trace.
        using var cancellation = either.Token.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        using var body = new MemoryStream();
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            var isWithinLimit = body.Length + read.Buffer.Length <= maxBytes;
            if (isWithinLimit) foreach (var part in read.Buffer) body.Write(part.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCanceled) return (null, Cancel(request, aborted));
            if (!isWithinLimit) return (null, StatusCodes.Status413PayloadTooLarge);
            if (read.IsCompleted) return (body.ToArray(), StatusCodes.Status200OK);
        }
    }

    /// <summary>Returns the status of a request whose body was not read to its end.</summary>
    private int Cancel(HttpRequest request, CancellationToken aborted)
    {
        aborted.ThrowIfCancellationRequested();
        // Kestrel reads the rest for some seconds, so that the response is not lost, and closes the connection.
        if (!HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol)) request.HttpContext.Response.Headers.Connection = "close";
        return stopping.IsCancellationRequested ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status408RequestTimeout;
    }
}
