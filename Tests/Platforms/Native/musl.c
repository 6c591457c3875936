// Lets Debian's libstdc++ and libgcc_s, which ask for GNU's C library, run on musl: .NET for linux-musl-x64 needs them, and
// Debian has none for musl. Only what those two and .NET look up and musl does not have.
#define _GNU_SOURCE
#include <link.h>
#include <locale.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

// Several threads, always.
char __libc_single_threaded = 0;

uint32_t arc4random(void)
{
  uint32_t number = 0;
  getrandom(&number, sizeof number, 0);
  return number;
}

size_t __strftime_l(char *text, size_t size, const char *format, const struct tm *time, locale_t locale)
{
  return strftime_l(text, size, format, time, locale);
}

// Destructors of variables of a thread, last in first out.
struct destructor
{
  void (*function)(void *);
  void *object;
  struct destructor *next;
};

static pthread_key_t destructors;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void destroy(void *list)
{
  for (struct destructor *item = list; item != NULL;)
  {
    struct destructor *next = item->next;
    item->function(item->object);
    free(item);
    item = next;
  }
}

static void create_key(void)
{
  pthread_key_create(&destructors, destroy);
}

int __cxa_thread_atexit_impl(void (*function)(void *), void *object, void *library)
{
  (void)library;
  pthread_once(&once, create_key);
  struct destructor *item = malloc(sizeof *item);
  if (item == NULL)
    return -1;
  *item = (struct destructor){ function, object, pthread_getspecific(destructors) };
  return pthread_setspecific(destructors, item);
}

// The unwinder's way to the tables of the library that an address lies in (glibc 2.35).
struct dl_find_object
{
  unsigned long long flags;
  void *map_start, *map_end;
  struct link_map *link_map;
  void *eh_frame;
  unsigned long long reserved[7];
};

struct search
{
  uintptr_t address;
  struct dl_find_object *found;
};

static int look_into(struct dl_phdr_info *library, size_t size, void *data)
{
  (void)size;
  struct search *search = data;
  uintptr_t start = UINTPTR_MAX, end = 0, tables = 0;
  int contains = 0;
  for (int i = 0; i < library->dlpi_phnum; i++)
  {
    const ElfW(Phdr) *part = &library->dlpi_phdr[i];
    uintptr_t from = library->dlpi_addr + part->p_vaddr, to = from + part->p_memsz;
    if (part->p_type == PT_GNU_EH_FRAME)
      tables = from;
    if (part->p_type != PT_LOAD)
      continue;
    start = from < start ? from : start;
    end = to > end ? to : end;
    contains |= search->address >= from && search->address < to;
  }
  if (!contains || tables == 0)
    return 0;
  *search->found = (struct dl_find_object){ .map_start = (void *)start, .map_end = (void *)end, .eh_frame = (void *)tables };
  return 1;
}

int _dl_find_object(void *address, struct dl_find_object *found)
{
  struct search search = { (uintptr_t)address, found };
  return dl_iterate_phdr(look_into, &search) ? 0 : -1;
}

// libgcc_s has them under a hidden version, which musl passes over.
struct { unsigned vendor, type, subtype, features[1]; } __cpu_model;

int __cpu_indicator_init(void)
{
  return 0;
}
