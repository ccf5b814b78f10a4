namespace Duplex.Messaging.Publications;

/// <summary>Bounds lists of publications by bytes, so that a reply fits into the outbound queue of its client.</summary>
internal static class PublicationSize
{
    /// <summary>Approximate size of the publications in a reply in bytes.</summary>
    public static long Bytes(this IReadOnlyList<Publication> publications)
    {
        var bytes = 0L;
        for (var i = 0; i < publications.Count; i++) bytes += publications[i].ApproximateBytes;
        return bytes;
    }

    /// <summary>The number of leading publications that fit, but at least one, so that a client that reads page by page makes progress.</summary>
    public static int CountWithin(this IReadOnlyList<Publication> publications, long maxBytes)
    {
        var count = 0;
        for (var bytes = 0L; count < publications.Count; count++)
        {
            bytes += publications[count].ApproximateBytes;
            if (bytes > maxBytes && count > 0) break;
        }

        return count;
    }
}
