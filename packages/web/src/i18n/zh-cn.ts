import type { en } from './en.ts';
import type { Translation } from './message.ts';

export const zhCn = {
  // The application around the views
  'app.search': '搜索',
  'app.searchPlaceholder': '搜索提示词、模型、参数、路径',
  'app.clearSearch': '清除搜索',
  'app.navigation': '视图',
  'app.openNavigation': '打开导航',
  'app.closeNavigation': '关闭导航',
  'app.apiDocs': 'API 文档',
  'app.skipToContent': '跳到内容',
  'app.counts': { other: '{count} 张图片' },
  'app.notFound': '没有这个页面',
  'app.notFoundHint': '该地址可能来自其他版本。',
  'app.toImages': '前往图片',

  // Names of the views
  'view.images': '图片',
  'view.folders': '文件夹',
  'view.topics': '主题',
  'view.statistics': '统计',
  'view.settings': '设置',

  // Parts used everywhere
  'common.close': '关闭',
  'common.cancel': '取消',
  'common.retry': '重试',
  'common.loading': '加载中',
  'common.undo': '撤销',
  'common.remove': '移除 {name}',
  'common.dismiss': '忽略',

  // The connection, the key and what goes wrong
  'connection.lost': '服务器没有响应，正在重试；您的操作不会丢失。',
  'connection.back': '服务器已恢复。',
  'connection.tryNow': '立即重试',
  'session.title': '此服务器需要密钥',
  'session.explanation': '即启动服务器时设置的密钥。',
  'session.key': '密钥',
  'session.remember': '在此设备上保持登录',
  'session.signIn': '登录',
  'session.wrongKey': '密钥不正确。',
  'session.tooMany': '错误密钥过多，请稍后再试。',
  'error.title': '无法显示',
  'error.unreachable': '服务器没有响应。',
  'error.timeout': '服务器响应超时。',
  'error.forbidden': '服务器不允许此操作。',
  'error.readOnly': '此服务器为只读。',
  'error.notFound': '内容已不存在。',
  'error.busy': '服务器繁忙，请稍后再试。',
  'error.refused': '服务器拒绝了请求：{detail}',
  'error.unexpected': '发生意外：{detail}',

  // Images: the grid
  'grid.label': '图片',
  'grid.empty': '还没有图片',
  'grid.emptyHint': '在设置中添加文件夹，或将图片放入图库文件夹；它们会自动出现在这里。',
  'grid.addFolder': '添加文件夹',
  'grid.nothingFound': '没有找到',
  'grid.nothingFoundHint': '没有符合“{query}”的图片。',
  'grid.matches': { other: '{count} 张图片' },
  'grid.size': '缩略图大小',
  'grid.broken': '无法显示',
  'grid.unavailable': { other: '图库中有 {count} 个文件夹当前不可用：{folders}' },

  // Folders

  // Topics

  // Statistics
  'statistics.images': '图片',
  'statistics.onDisk': '占用空间',
  'statistics.days': '有图片的天数',
  'statistics.since': '始于',
  'statistics.busiest': '最多的一天',
  'statistics.countOnDay': { other: '{day}：{count} 张图片' },
  'statistics.overTime': '生成时间',
  'statistics.by': '按',
  'statistics.by.months': '月',
  'statistics.by.days': '日',
  'statistics.asList': '列表',
  'statistics.models': '模型',
  'statistics.loras': 'LoRA',
  'statistics.samplers': '采样器',
  'statistics.sources': '生成工具',
  'statistics.tags': '你的标签',
  'statistics.mediaTypes': '文件类型',
  'statistics.mediaType.image': { other: '{count} 张图片' },
  'statistics.mediaType.video': { other: '{count} 个视频' },
  'statistics.mediaType.audio': { other: '{count} 个音频' },
  'statistics.folders': '占用最多的文件夹',
  'statistics.empty': '还没有可统计的内容',
  'statistics.emptyHint': '图片被索引后，这里会显示它们的生成时间和生成工具。',

  // Settings
  'settings.theme': '主题',
  'settings.theme.auto': '跟随系统',
  'settings.theme.light': '浅色',
  'settings.theme.dark': '深色',
  'settings.language': '语言',
  'settings.language.auto': '跟随浏览器',
  'settings.server': '服务器',
} as const satisfies Translation<typeof en>;
