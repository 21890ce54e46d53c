;; Dot products with 128-bit SIMD. Offsets are bytes; those of rows and queries are multiples of 16.
;; `npm run build:kernel` writes dot-kernel-code.ts from this file.
(module
  (memory (export "memory") 1)

  ;; The dot products of four adjacent queries with $count adjacent rows of floats, $bytes long each (a multiple of
  ;; 16). Those of one query are adjacent at $out, those of the next begin $outStride further.
  (func (export "dots4")
    (param $queries i32) (param $rows i32) (param $count i32) (param $bytes i32) (param $out i32) (param $outStride i32)
    (local $q1 i32) (local $q2 i32) (local $q3 i32) (local $at i32) (local $r v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $q1 (i32.add (local.get $queries) (local.get $bytes)))
    (local.set $q2 (i32.add (local.get $q1) (local.get $bytes)))
    (local.set $q3 (i32.add (local.get $q2) (local.get $bytes)))
    (block $done
      (loop $nextRow
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $at (i32.const 0))
        (local.set $a (v128.const f32x4 0 0 0 0))
        (local.set $b (v128.const f32x4 0 0 0 0))
        (local.set $c (v128.const f32x4 0 0 0 0))
        (local.set $d (v128.const f32x4 0 0 0 0))
        (loop $nextGroup
          (local.set $r (v128.load (i32.add (local.get $rows) (local.get $at))))
          (local.set $a (f32x4.add (local.get $a)
            (f32x4.mul (local.get $r) (v128.load (i32.add (local.get $queries) (local.get $at))))))
          (local.set $b (f32x4.add (local.get $b)
            (f32x4.mul (local.get $r) (v128.load (i32.add (local.get $q1) (local.get $at))))))
          (local.set $c (f32x4.add (local.get $c)
            (f32x4.mul (local.get $r) (v128.load (i32.add (local.get $q2) (local.get $at))))))
          (local.set $d (f32x4.add (local.get $d)
            (f32x4.mul (local.get $r) (v128.load (i32.add (local.get $q3) (local.get $at))))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $nextGroup (i32.lt_u (local.get $at) (local.get $bytes))))
        (f32.store (local.get $out) (call $sum (local.get $a)))
        (f32.store (i32.add (local.get $out) (local.get $outStride)) (call $sum (local.get $b)))
        (f32.store (i32.add (local.get $out) (i32.mul (local.get $outStride) (i32.const 2))) (call $sum (local.get $c)))
        (f32.store (i32.add (local.get $out) (i32.mul (local.get $outStride) (i32.const 3))) (call $sum (local.get $d)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $rows (i32.add (local.get $rows) (local.get $bytes)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $nextRow))))

  (func $sum (param $v v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v)))
      (f32.add (f32x4.extract_lane 2 (local.get $v)) (f32x4.extract_lane 3 (local.get $v))))))
