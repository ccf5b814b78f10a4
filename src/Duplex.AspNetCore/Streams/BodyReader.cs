using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>Reads request bodies up to a bound.</summary>
internal static class BodyReader
{
    private const int BufferBytes = 4096;

    /// <summary>The whole body, or null when it is longer than allowed.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes) return null;
        using var body = new MemoryStream();
        var buffer = new byte[BufferBytes];
        int count;
        while ((count = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (body.Length + count > maxBytes) return null;
            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }
}
