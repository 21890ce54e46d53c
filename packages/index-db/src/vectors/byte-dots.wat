;; Dot products of signed bytes with 128-bit SIMD. Offsets are bytes; those of rows and the query are multiples of 16.
;; Compiled with wabt (`parseWat(..., { simd: true })`) to base64 in byte-dots.ts.
(module
  (memory (export "memory") 1)

  ;; The dot products of a query with $count adjacent rows, $bytes long each (a multiple of 16), as 32-bit integers
  ;; from $out on.
  (func (export "byteDots")
    (param $query i32) (param $rows i32) (param $count i32) (param $bytes i32) (param $out i32)
    (local $at i32) (local $r v128) (local $q v128) (local $a v128) (local $b v128)
    (block $done
      (loop $nextRow
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $at (i32.const 0))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (loop $nextGroup
          (local.set $r (v128.load (i32.add (local.get $rows) (local.get $at))))
          (local.set $q (v128.load (i32.add (local.get $query) (local.get $at))))
          (local.set $a (i32x4.add (local.get $a)
            (i32x4.extadd_pairwise_i16x8_s (i16x8.extmul_low_i8x16_s (local.get $r) (local.get $q)))))
          (local.set $b (i32x4.add (local.get $b)
            (i32x4.extadd_pairwise_i16x8_s (i16x8.extmul_high_i8x16_s (local.get $r) (local.get $q)))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $nextGroup (i32.lt_u (local.get $at) (local.get $bytes))))
        (local.set $a (i32x4.add (local.get $a) (local.get $b)))
        (i32.store (local.get $out)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $a)) (i32x4.extract_lane 1 (local.get $a)))
            (i32.add (i32x4.extract_lane 2 (local.get $a)) (i32x4.extract_lane 3 (local.get $a)))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $rows (i32.add (local.get $rows) (local.get $bytes)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $nextRow)))))
