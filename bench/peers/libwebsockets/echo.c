// echo PORT: libwebsockets on one service thread; /echo returns each message (whole frames, up to 1 MiB).
#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_MESSAGE (1 << 20)

struct session {
    unsigned char *queue; // length-prefixed messages
    size_t used, capacity;
    size_t open; // position of the length of the message that is still arriving, plus one; 0 if there is none
    int is_binary;
};

static void append(struct session *s, const void *data, size_t length) {
    size_t need = s->used + sizeof(size_t) + length;
    if (need > s->capacity) {
        s->capacity = need * 2;
        s->queue = realloc(s->queue, s->capacity);
    }
    size_t size = 0;
    if (!s->open) {
        s->open = s->used + 1;
        memcpy(s->queue + s->used, &size, sizeof size);
        s->used += sizeof size;
    }
    memcpy(&size, s->queue + s->open - 1, sizeof size);
    size += length;
    memcpy(s->queue + s->open - 1, &size, sizeof size);
    memcpy(s->queue + s->used, data, length);
    s->used += length;
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length) {
    static unsigned char out[LWS_PRE + MAX_MESSAGE];
    struct session *s = user;
    switch (reason) {
    case LWS_CALLBACK_RECEIVE:
        s->is_binary = lws_frame_is_binary(wsi);
        append(s, in, length);
        if (lws_is_final_fragment(wsi) && !lws_remaining_packet_payload(wsi)) {
            s->open = 0;
            lws_callback_on_writable(wsi);
        }
        break;
    case LWS_CALLBACK_SERVER_WRITEABLE: {
        size_t at = 0;
        size_t end = s->open ? s->open - 1 : s->used;
        while (at < end && !lws_send_pipe_choked(wsi)) {
            size_t size;
            memcpy(&size, s->queue + at, sizeof size);
            memcpy(out + LWS_PRE, s->queue + at + sizeof size, size);
            if (lws_write(wsi, out + LWS_PRE, size, s->is_binary ? LWS_WRITE_BINARY : LWS_WRITE_TEXT) < 0) return -1;
            at += sizeof size + size;
        }
        memmove(s->queue, s->queue + at, s->used - at);
        s->used -= at;
        if (s->open) s->open -= at;
        if (end > at) lws_callback_on_writable(wsi);
        break;
    }
    case LWS_CALLBACK_CLOSED:
        free(s->queue);
        break;
    default:
        break;
    }
    return 0;
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    struct lws_protocols protocols[] = {{"echo", on_event, sizeof(struct session), MAX_MESSAGE, 0, NULL, 0}, {0}};
    struct lws_context_creation_info info = {0};
    info.port = atoi(arguments[1]);
    info.iface = "127.0.0.1";
    info.protocols = protocols;
    lws_set_log_level(LLL_ERR, NULL);
    struct lws_context *context = lws_create_context(&info);
    if (!context) return 1;
    puts("ready");
    fflush(stdout);
    while (lws_service(context, 0) >= 0) {}
    return 0;
}
